import { spaceless } from '../search/words.ts';

/** More lines than anybody writes; splitting and comparing two million would take a second. */
const mostLines = 100_000;

/** The lines of a text, each with its line break; the last may lack it. A text of over 100,000 lines is given as one. */
export function splitLines(text: string): string[] {
  const lines = text.split(/(?<=\n)/, mostLines + 1);
  return text === '' ? [] : lines.length > mostLines ? [text] : lines;
}

/**
 * A text's words, white space, line breaks and signs, which together are the text. Where no spaces part words, each
 * character is one. What is one character to the reader (an emoji of several, a letter with its marks) is never parted.
 */
export function splitWords(text: string): string[] {
  return text.match(wordOrSign) ?? [];
}

/** Whether a token of {@link splitWords} is a word or an emoji: neither white space nor punctuation. */
export function isWord(token: string): boolean {
  return /[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u.test(token);
}

/** Whether a line has more than white space. */
export function isFilled(line: string): boolean {
  return /\S/.test(line);
}

const letter = `[[\\p{L}\\p{N}]--[${spaceless}]]`;
const follower = '\\p{M}ำຳﾞﾟ\\u00ad\\u200c\\u200d';
const pictograph = '\\p{Extended_Pictographic}[\\p{M}\\p{Emoji_Modifier}\\u{e0020}-\\u{e007f}]*';

const wordOrSign = new RegExp(
  [
    '\\n',
    '[\\s--\\n]+',
    // An apostrophe within a word and a point within a number are part of it.
    `${letter}[[\\p{L}\\p{N}${follower}]--[${spaceless}]]*(?:(?:['’]|(?<=\\p{N})[.,:](?=\\p{N}))${letter}[[\\p{L}\\p{N}${follower}]--[${spaceless}]]*)*`,
    '\\p{Regional_Indicator}{2}',
    `${pictograph}(?:\\u200d${pictograph})*`,
    `[^][${follower}]*`,
  ].join('|'),
  'gv',
);
