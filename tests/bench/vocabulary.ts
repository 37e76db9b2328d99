import { between, pick, seededRandom, type Random } from './random.ts';

/** The number of different words in the generated articles. */
export const vocabularySize = 50_000;

// The most common English words, in order. All other words are made of syllables.
const commonest = `the of and to in a is that for it was on as with he by at from his be this are an they which one had not or have but
  were their her she will more its who been has when there would we into than about also if other only some could time them can these
  two may then first do any my now such like our over man me even most made after did many before must through years where much your way
  down should because each just those people how too little state good very make world still own see men work long here get both between
  life being under never day same another know while last might us great old year off come since against go came right used take three`.split(/\s+/);

// Repeated according to their probability.
const onsets = 'b c d f g h j k l m n p r s t v w b c d f g h l m n p r s t br ch cl dr fl gr pl pr sh st th tr'.split(' ');
const vowels = 'a e i o u a e i o u ai ea ou'.split(' ');
const codas = 'l n m r s t d nt st ck ng th'.split(' ');

/** Words by rank, the most common first. Rarer words tend to be longer. */
export function makeVocabulary(seed: number): string[] {
  const random = seededRandom(seed);
  const words = new Set(commonest);
  while (words.size < vocabularySize) words.add(makeWord(random, words.size < 600 ? 1 : words.size < 15_000 ? 2 : between(random, 2, 3)));
  return [...words];
}

/** A pronounceable word. */
export function makeWord(random: Random, syllables: number): string {
  const parts = Array.from({ length: syllables }, (_, place) => {
    const isClosed = random() < (place === syllables - 1 ? 0.6 : 0.15);
    return pick(random, onsets) + pick(random, vowels) + (isClosed ? pick(random, codas) : '');
  });
  return parts.join('');
}
