import { LRUCache } from 'lru-cache';

/** Any article may have a language of its own. */
const mostLanguages = 500;
const directions = new LRUCache<string, 'ltr' | 'rtl'>({ max: mostLanguages });
const territories = new LRUCache<string, { locale: string | undefined }>({ max: mostLanguages });

/** Whether a language is written from the left or from the right, for the `dir` attribute. */
export function direction(language: string): 'ltr' | 'rtl' {
  const known = directions.get(language);
  if (known) return known;
  const found = readDirection(language);
  directions.set(language, found);
  return found;
}

// In Node 24, TypeScript's library does not know Intl.Locale.prototype.getTextInfo yet.
interface LocaleWithTextInfo extends Intl.Locale {
  getTextInfo?(): { direction?: string };
}

function readDirection(language: string): 'ltr' | 'rtl' {
  const locale: LocaleWithTextInfo = new Intl.Locale(language);
  return locale.getTextInfo?.().direction === 'rtl' ? 'rtl' : 'ltr';
}

/** A language with its territory, as `en_GB`; undefined where the tag names none. */
export function withTerritory(tag: string): string | undefined {
  const known = territories.get(tag);
  if (known) return known.locale;
  const { language, region } = new Intl.Locale(tag);
  const locale = region && `${language}_${region}`;
  territories.set(tag, { locale });
  return locale;
}

/** The canonical form of a BCP 47 language tag (`EN-gb` becomes `en-GB`), or undefined if it is none. */
export function canonicalLanguage(tag: string): string | undefined {
  // Of more than three letters only names such as "english" are typed: no such language is registered.
  if (!/^[a-z]{2,3}(?:-|$)/i.test(tag)) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}
