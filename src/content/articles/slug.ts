import slugify from '@sindresorhus/slugify';
import transliterate from '@sindresorhus/transliterate';
import anyAscii from 'any-ascii';
import { LRUCache } from 'lru-cache';

/** The longest slug, in characters. */
export const maxSlugLength = 100;

/** What a slug looks like: lower-case ASCII words joined by single hyphens. */
export const slugPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/**
 * A readable slug for any text, in whole words up to {@link maxSlugLength} characters.
 * Empty if nothing of the text has an ASCII form.
 *
 * @param language the BCP 47 tag of the text's language: it decides how letters such as ü, å and ђ are written in ASCII, and which word stands for &
 */
export function makeSlug(text: string, language = 'en'): string {
  // A title may be far longer than its slug: what is past 1,000 characters cannot matter.
  const ascii = toAscii(text.slice(0, 1000).toWellFormed(), language);
  const customReplacements: [string, string][] = ascii.includes('&') ? [['&', ` ${andIn(language)} `]] : [];
  return cutAtWord(slugify(ascii, { decamelize: false, customReplacements }), maxSlugLength);
}

/** The languages that write letters in ASCII otherwise than any-ascii does, which knows no languages, and what the library calls them. */
const locales: Record<string, string> = { de: 'de', da: 'da', nb: 'nb', nn: 'nb', no: 'nb', sr: 'sr' };

function toAscii(text: string, language: string): string {
  const locale = locales[new Intl.Locale(language).language];
  return anyAscii(locale === undefined ? text : transliterate(text, { locale }));
}

const conjunctions = new LRUCache<string, string>({ max: 100 });

/** The word for “and” in ASCII; empty where the language has none between two items of a list, or is not known. */
function andIn(language: string): string {
  const known = conjunctions.get(language);
  if (known !== undefined) return known;
  const isKnown = Intl.ListFormat.supportedLocalesOf(language).length > 0;
  const literal = isKnown ? new Intl.ListFormat(language, { type: 'conjunction' }).formatToParts(['A', 'B']).find(({ type }) => type === 'literal') : undefined;
  const word = anyAscii(literal?.value ?? '').trim();
  conjunctions.set(language, word);
  return word;
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
