export interface Word {
  folded: string;
  start: number;
  end: number;
}

/** Scripts without spaces: each character is a word. Intl.Segmenter may segment a text and a query for a part of that text differently. */
export const spaceless = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}ー々';
// Marks alone, for example after an emoji, are not words. ำ and half-width ﾞ fold into marks of the preceding letter.
const wordPattern = new RegExp(`[${spaceless}][\\p{M}ำຳﾞﾟ]*|(?![${spaceless}])[\\p{L}\\p{N}](?:(?![${spaceless}])[\\p{L}\\p{N}\\p{M}\\u00ad\\u200d])*`, 'gu');
const spacelessPattern = new RegExp(`[${spaceless}]`, 'gu');

// Diacritics that people omit when they type. In other scripts (Devanagari, Japanese) a mark makes a different letter.
const diacritics = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}])\p{M}+/gu;
const invisible = /\u00ad|\u200d|\u2060|\ufeff|\p{Variation_Selector}/gu;
const letters: Record<string, string> = { ß: 'ss', ø: 'o', đ: 'd', ð: 'd', ł: 'l', ħ: 'h', ı: 'i', æ: 'ae', œ: 'oe', þ: 'th', ς: 'σ', ـ: '', ٱ: 'ا', ى: 'ي', ة: 'ه', ی: 'ي', ک: 'ك', ʼ: "'", ʻ: "'" };
const foldedLetters = new RegExp(`[${Object.keys(letters).join('')}]`, 'gu');

export function isSpaceless(word: string): boolean {
  return word.search(spacelessPattern) === 0;
}

export function fold(text: string): string {
  // Converting to upper case first turns ß into SS and ﬀ into FF.
  const lower = text.toUpperCase().toLowerCase();
  if (isAscii(lower)) return lower;
  return lower.normalize('NFKD').replace(invisible, '').replace(diacritics, '$1').replace(foldedLetters, (letter) => letters[letter] ?? letter).normalize('NFC');
}

/** Only spans with non-ASCII characters need {@link fold}. They end at spaces, across which nothing folds or joins. */
export function foldedWords(text: string): string[] {
  const words: string[] = [];
  let start = 0;
  for (const { from, end } of nonAsciiSpans(text)) {
    appendAll(words, text.slice(start, from).toLowerCase().match(asciiWord));
    appendAll(words, fold(text.slice(from, end)).match(wordPattern));
    start = end;
  }
  const rest = text.slice(start).toLowerCase().match(asciiWord);
  if (words.length === 0) return rest ?? [];
  appendAll(words, rest);
  return words;
}

const asciiWord = /[a-z0-9]+/g;
/** Folding nearby spans together saves the overhead of each fold. */
const maxSpanGap = 40;

function* nonAsciiSpans(text: string): Generator<{ from: number; end: number }> {
  const beyondAscii = /[^\u0000-\u007f]+/g;
  let found = beyondAscii.exec(text);
  while (found) {
    const from = text.lastIndexOf(' ', found.index) + 1;
    let last = found;
    for (found = beyondAscii.exec(text); found && found.index - last.index - last[0].length < maxSpanGap; found = beyondAscii.exec(text)) last = found;
    const space = text.indexOf(' ', last.index);
    const end = space < 0 ? text.length : space;
    // Continues after the span, which may contain the match already found.
    if (found && found.index < end) {
      beyondAscii.lastIndex = end;
      found = beyondAscii.exec(text);
    }
    yield { from, end };
  }
}

// Spreading a long list into push() would exceed the maximum number of arguments.
function appendAll(words: string[], more: string[] | null): void {
  for (const word of more ?? []) words.push(word);
}

/** A word may fold into several, which then have the same position. */
export function* locateWords(text: string): Generator<Word> {
  for (const match of text.matchAll(wordPattern)) {
    for (const folded of foldedWords(match[0])) yield { folded, start: match.index, end: match.index + match[0].length };
  }
}

export function countWords(text: string): number {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}\u00ad'’-]*/gu) ?? [];
  const characters = text.match(spacelessPattern)?.length ?? 0;
  return characters === 0 ? words.length : words.filter((word) => word.search(spacelessPattern) < 0).length + Math.ceil(characters / 2);
}

/** The number of words that readers see of a Markdown text, estimated without rendering it: without the targets of links and without tags. */
export function countMarkdownWords(markdown: string): number {
  return countWords(markdown.replace(/\]\((?:[^()\n]|\([^()\n]*\))*\)/g, ']').replace(/^ {0,3}\[(?!\^)[^\]\n]+\]:.*$/gm, '').replace(/<[^<>\n]*>/g, ' '));
}

const wordsPerMinute = 230;

export function readingMinutes(words: number): number | undefined {
  return words < wordsPerMinute ? undefined : Math.round(words / wordsPerMinute);
}

function isAscii(text: string): boolean {
  return !/[^\u0000-\u007f]/.test(text);
}
