import { LRUCache } from 'lru-cache';

const maxCachedLanguages = 500;
const directions = new LRUCache<string, 'ltr' | 'rtl'>({ max: maxCachedLanguages });
const territories = new LRUCache<string, { locale: string | undefined }>({ max: maxCachedLanguages });

export function direction(language: string): 'ltr' | 'rtl' {
  const cached = directions.get(language);
  if (cached) return cached;
  const found = readDirection(language);
  directions.set(language, found);
  return found;
}

// TypeScript's library lacks Intl.Locale.prototype.getTextInfo, which Node 24 has.
interface LocaleWithTextInfo extends Intl.Locale {
  getTextInfo?(): { direction?: string };
}

function readDirection(language: string): 'ltr' | 'rtl' {
  const locale: LocaleWithTextInfo = new Intl.Locale(language);
  return locale.getTextInfo?.().direction === 'rtl' ? 'rtl' : 'ltr';
}

/** `en_GB` for `en-GB`. Undefined if the tag has no territory. */
export function localeWithTerritory(tag: string): string | undefined {
  const cached = territories.get(tag);
  if (cached) return cached.locale;
  const { language, region } = new Intl.Locale(tag);
  const locale = region && `${language}_${region}`;
  territories.set(tag, { locale });
  return locale;
}

/** `EN-gb` becomes `en-GB`. Undefined if invalid. */
export function canonicalLanguage(tag: string): string | undefined {
  // Intl accepts subtags of five to eight letters, such as "english", but none is registered.
  if (!/^[a-z]{2,3}(?:-|$)/i.test(tag)) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}
