import { articleLimits, type FieldError } from '../articles/article.ts';
import { cleanLine, cleanText, isBlank } from '../text/text.ts';

const pathPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\/[a-z0-9]+(?:-[a-z0-9]+)*){0,2}$/;

export function isStaticPagePath(path: string): boolean {
  return path.length <= 100 && pathPattern.test(path);
}

export function parseStaticPage(title: unknown, body: string): { title: string; body: string } | FieldError {
  const line = typeof title === 'string' ? cleanLine(title) : '';
  if (isBlank(line)) return { field: 'title', problem: { key: 'problems.titleRequired' } };
  if (line.length > articleLimits.title) return { field: 'title', problem: { key: 'problems.tooLong', values: { limit: articleLimits.title } } };
  if (Buffer.byteLength(body) > articleLimits.body) return { field: 'body', problem: { key: 'problems.textTooLarge' } };
  return { title: line, body: cleanText(body) };
}
