import slugify from '@sindresorhus/slugify';
import transliterate from '@sindresorhus/transliterate';
import anyAscii from 'any-ascii';
import { LRUCache } from 'lru-cache';

export const maxSlugLength = 100;

export const slugPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Cuts at whole words. Empty if the text has no ASCII transliteration, which depends on the language (a BCP 47 tag). */
export function makeSlug(text: string, language = 'en'): string {
  const ascii = toAscii(text.slice(0, maxSlugInput).toWellFormed(), language);
  const customReplacements: [string, string][] = ascii.includes('&') ? [['&', ` ${andIn(language)} `]] : [];
  return cutAtWord(slugify(ascii, { decamelize: false, customReplacements }), maxSlugLength);
}

const maxSlugInput = 1000;

/** any-ascii transliterates regardless of language. These languages need @sindresorhus/transliterate, here by its locale names. */
const locales: Record<string, string> = { de: 'de', da: 'da', nb: 'nb', nn: 'nb', no: 'nb', sr: 'sr' };

function toAscii(text: string, language: string): string {
  const locale = locales[new Intl.Locale(language).language];
  return anyAscii(locale === undefined ? text : transliterate(text, { locale }));
}

const conjunctions = new LRUCache<string, string>({ max: 100 });

/** The word for “and” in ASCII. Empty if the language is unknown or joins two items without a word. */
function andIn(language: string): string {
  const cached = conjunctions.get(language);
  if (cached !== undefined) return cached;
  const isKnown = Intl.ListFormat.supportedLocalesOf(language).length > 0;
  const literal = isKnown ? new Intl.ListFormat(language, { type: 'conjunction' }).formatToParts(['A', 'B']).find(({ type }) => type === 'literal') : undefined;
  const word = anyAscii(literal?.value ?? '').trim();
  conjunctions.set(language, word);
  return word;
}

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
