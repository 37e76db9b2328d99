import { createRequire } from 'node:module';

export type Stemmer = (word: string) => string;

// A synchronous import on demand: a site uses one or two of the stemmers, and loading all of them takes 50 ms.
const load = createRequire(import.meta.url);

/** By primary language subtag. Words of other languages stay as they are. */
const moduleNames: Record<string, string> = {
  ar: 'arabic', hy: 'armenian', bg: 'bulgarian', da: 'danish', nl: 'dutch', en: 'english', fi: 'finnish', fr: 'french', de: 'german', el: 'greek', hi: 'indian', hu: 'hungarian', id: 'indonesian', ga: 'irish', it: 'italian', lt: 'lithuanian', ne: 'nepali',
  no: 'norwegian', nb: 'norwegian', nn: 'norwegian', pt: 'portuguese', ro: 'romanian', ru: 'russian', sr: 'serbian', es: 'spanish', sv: 'swedish', ta: 'tamil', tr: 'turkish', uk: 'ukrainian', sa: 'sanskrit',
};

const stemmers = new Map<string, Stemmer>();

/** Returns the function that reduces a folded word of a language to its stem: “fires” and “fire” to “fire”. Languages with the same stemmer share one function. */
export function stemmerOf(language: string): Stemmer {
  const [subtag = ''] = language.toLowerCase().split('-');
  const name = Object.hasOwn(moduleNames, subtag) ? moduleNames[subtag] : undefined;
  if (name === undefined) return unchanged;
  const stemmer: Stemmer = stemmers.get(name) ?? loadStemmer(name);
  stemmers.set(name, stemmer);
  return stemmer;
}

function loadStemmer(name: string): Stemmer {
  const { stemmer }: { stemmer: Stemmer } = load(`@orama/stemmers/${name}`);
  return name === 'arabic' ? withoutArabicPrefixes(stemmer) : stemmer;
}

const conjunctionBeforeArticle = /^[وفبك](?=ال..)/u;

/** The Arabic stemmer removes either the article or an ending, so that words with and without the article would differ. Repeating it removes both. */
function withoutArabicPrefixes(stemmer: Stemmer): Stemmer {
  return (word) => {
    const first = stemmer(word.replace(conjunctionBeforeArticle, ''));
    return stemmer(stemmer(first));
  };
}

function unchanged(word: string): string {
  return word;
}
