import { articleLimits, type FieldError } from '../articles/article.ts';
import { cleanLine, cleanText, isBlank } from '../text/text.ts';

/** A page such as `/about`, as typed or stored. */
export interface PageText {
  /** Without slashes at its ends: `policies/corrections`. */
  path: string;
  title: string;
  /** Markdown. */
  body: string;
}

const pathPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\/[a-z0-9]+(?:-[a-z0-9]+)*){0,2}$/;

export const maxPathLength = 100;

export function isStaticPagePath(path: string): boolean {
  return path.length <= maxPathLength && pathPattern.test(path);
}

/** Unvalidated. */
export function readPageForm(posted: Record<string, string | undefined>): PageText {
  const field = (name: string) => cleanText(posted[name] ?? '');
  return { path: field('path').trim().replace(/^\/+|\/+$/g, ''), title: field('title'), body: field('body') };
}

export function isSamePage(one: PageText, other: PageText): boolean {
  return one.path === other.path && one.title === other.title && one.body === other.body;
}

/** Validates and normalises everything but the path. */
export function parseStaticPage(title: unknown, body: string): { title: string; body: string } | { errors: FieldError[] } {
  const line = typeof title === 'string' ? cleanLine(title) : '';
  const errors: FieldError[] = [];
  if (isBlank(line)) errors.push({ field: 'title', problem: { key: 'problems.titleRequired' } });
  if (line.length > articleLimits.title) errors.push({ field: 'title', problem: { key: 'problems.tooLong', values: { limit: articleLimits.title } } });
  if (Buffer.byteLength(body) > articleLimits.body) errors.push({ field: 'body', problem: { key: 'problems.textTooLarge' } });
  return errors.length > 0 ? { errors } : { title: line, body: cleanText(body) };
}
