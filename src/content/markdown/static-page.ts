import { articleLimits } from '../articles/article.ts';
import { cleanLine, cleanText, isBlank } from '../text/text.ts';

const pathPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\/[a-z0-9]+(?:-[a-z0-9]+)*){0,2}$/;

export function isStaticPagePath(path: string): boolean {
  return path.length <= 100 && pathPattern.test(path);
}

export function parseStaticPage(title: unknown, body: string): { title: string; body: string } | { problem: string } {
  const line = typeof title === 'string' ? cleanLine(title) : '';
  if (isBlank(line)) return { problem: 'title: missing' };
  if (line.length > articleLimits.title) return { problem: `title: longer than ${articleLimits.title} characters` };
  if (Buffer.byteLength(body) > articleLimits.body) return { problem: 'body: longer than 2 MB' };
  return { title: line, body: cleanText(body) };
}
