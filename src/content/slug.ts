import slugify from '@sindresorhus/slugify';
import anyAscii from 'any-ascii';

/** The longest slug, in characters. */
export const maxSlugLength = 100;

/** What a slug looks like: lower-case ASCII words joined by single hyphens. */
export const slugPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/**
 * A readable slug for any text, in whole words up to {@link maxSlugLength} characters.
 * Empty if nothing of the text has an ASCII form.
 */
export function makeSlug(text: string): string {
  // A title may be far longer than its slug: what is past 1,000 characters cannot matter.
  return cutAtWord(slugify(anyAscii(text.slice(0, 1000).toWellFormed()), { decamelize: false }), maxSlugLength);
}

/** The slug for the nth thing of the same name: `slug`, `slug-2`, `slug-3` …, within the same bound. */
export function numberedSlug(slug: string, n: number): string {
  if (n < 2) return slug;
  const suffix = `-${n}`;
  return cutAtWord(slug, maxSlugLength - suffix.length) + suffix;
}

function cutAtWord(slug: string, length: number): string {
  if (slug.length <= length) return slug;
  const end = slug.lastIndexOf('-', length);
  return slug.slice(0, end > 0 ? end : length);
}
