/** A word of a text: as it is searched for, and where it stands (UTF-16 units). */
export interface Word {
  folded: string;
  start: number;
  end: number;
}

/**
 * Scripts written without spaces, as part of a character class: each character is a word of its own, and what is typed
 * is found as a run of them. A dictionary (Intl.Segmenter) would part a text and a query for a part of it differently.
 */
export const spaceless = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}ー々';
// A mark alone is no word, nor is what follows an emoji; ำ and half-width ﾞ fold into marks of the letter before.
const wordPattern = new RegExp(`[${spaceless}][\\p{M}ำຳﾞﾟ]*|(?![${spaceless}])[\\p{L}\\p{N}](?:(?![${spaceless}])[\\p{L}\\p{N}\\p{M}\\u00ad\\u200d])*`, 'gu');
const spacelessPattern = new RegExp(`[${spaceless}]`, 'gu');

// Marks that many leave out when they type. Elsewhere (Devanagari, Japanese) a mark makes another letter.
const foldedMarks = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}])\p{M}+/gu;
// Without a form of their own within a word: soft hyphens, joiners, variation selectors.
const formless = /\u00ad|\u200d|\u2060|\ufeff|\p{Variation_Selector}/gu;
const letters: Record<string, string> = { ß: 'ss', ø: 'o', đ: 'd', ð: 'd', ł: 'l', ħ: 'h', ı: 'i', æ: 'ae', œ: 'oe', þ: 'th', ς: 'σ', ـ: '', ٱ: 'ا', ى: 'ي', ة: 'ه', ی: 'ي', ک: 'ك', ʼ: "'", ʻ: "'" };
const foldedLetters = new RegExp(`[${Object.keys(letters).join('')}]`, 'gu');

/** Whether a folded word is one character of a script without spaces. */
export function isSpaceless(word: string): boolean {
  return word.search(spacelessPattern) === 0;
}

/** Text as it is compared in search: case, compatibility forms and diacritics folded. */
export function fold(text: string): string {
  // Upper case first: it makes ss of ß and ff of ﬀ.
  const lower = text.toUpperCase().toLowerCase();
  if (isAscii(lower)) return lower;
  return lower.normalize('NFKD').replace(formless, '').replace(foldedMarks, '$1').replace(foldedLetters, (letter) => letters[letter] ?? letter).normalize('NFC');
}

/**
 * The folded words of a text, in order. What is ASCII, most of a text in many languages, is soon done; parts with other
 * characters are folded on their own, cut at spaces: nothing folds or joins across one.
 */
export function foldedWords(text: string): string[] {
  const words: string[] = [];
  let start = 0;
  for (const { from, end } of partsBeyondAscii(text)) {
    addAll(words, text.slice(start, from).toLowerCase().match(asciiWord));
    addAll(words, fold(text.slice(from, end)).match(wordPattern));
    start = end;
  }
  const rest = text.slice(start).toLowerCase().match(asciiWord);
  if (words.length === 0) return rest ?? [];
  addAll(words, rest);
  return words;
}

const asciiWord = /[a-z0-9]+/g;
/** Parts that are no further apart are folded as one: each takes some time to begin. */
const nearby = 40;

function* partsBeyondAscii(text: string): Generator<{ from: number; end: number }> {
  const beyondAscii = /[^\u0000-\u007f]+/g;
  let found = beyondAscii.exec(text);
  while (found) {
    const from = text.lastIndexOf(' ', found.index) + 1;
    let last = found;
    for (found = beyondAscii.exec(text); found && found.index - last.index - last[0].length < nearby; found = beyondAscii.exec(text)) last = found;
    const space = text.indexOf(' ', last.index);
    const end = space < 0 ? text.length : space;
    // The part may hold more than what was found of it last.
    if (found && found.index < end) {
      beyondAscii.lastIndex = end;
      found = beyondAscii.exec(text);
    }
    yield { from, end };
  }
}

// Not by spreading, which has no room for the words of a long text.
function addAll(words: string[], more: string[] | null): void {
  for (const word of more ?? []) words.push(word);
}

/** The words of a text with their places in it. One word may fold into several; each gets its place. */
export function* wordsWithPlaces(text: string): Generator<Word> {
  for (const match of text.matchAll(wordPattern)) {
    for (const folded of foldedWords(match[0])) yield { folded, start: match.index, end: match.index + match[0].length };
  }
}

/** How many words a text has. Where no spaces part them, two characters count as one. */
export function countWords(text: string): number {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}\u00ad'’-]*/gu) ?? [];
  const characters = text.match(spacelessPattern)?.length ?? 0;
  return characters === 0 ? words.length : words.filter((word) => word.search(spacelessPattern) < 0).length + Math.ceil(characters / 2);
}

const wordsPerMinute = 230;

/** How many minutes a text of so many words takes to read; undefined if it is less than one. */
export function readingMinutes(words: number): number | undefined {
  return words < wordsPerMinute ? undefined : Math.round(words / wordsPerMinute);
}

function isAscii(text: string): boolean {
  return !/[^\u0000-\u007f]/.test(text);
}
