import { spaceless } from '../search/words.ts';

/** Splitting and comparing two million lines would take a second. */
const maxLines = 100_000;

/** Lines keep their line breaks. A text of over 100,000 lines stays one token. */
export function splitLines(text: string): string[] {
  const lines = text.split(/(?<=\n)/, maxLines + 1);
  return text === '' ? [] : lines.length > maxLines ? [text] : lines;
}

/** Never splits a grapheme cluster. In scripts without spaces each character is a word. */
export function splitWords(text: string): string[] {
  return text.match(tokenPattern) ?? [];
}

export function isWord(token: string): boolean {
  return /[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u.test(token);
}

export function isFilled(line: string): boolean {
  return /\S/.test(line);
}

const letter = `[[\\p{L}\\p{N}]--[${spaceless}]]`;
const follower = '\\p{M}ำຳﾞﾟ\\u00ad\\u200c\\u200d';
const pictograph = '\\p{Extended_Pictographic}[\\p{M}\\p{Emoji_Modifier}\\u{e0020}-\\u{e007f}]*';

const tokenPattern = new RegExp(
  [
    '\\n',
    '[\\s--\\n]+',
    // A word includes its apostrophes (don’t), a number its separators (1,234.5).
    `${letter}[[\\p{L}\\p{N}${follower}]--[${spaceless}]]*(?:(?:['’]|(?<=\\p{N})[.,:](?=\\p{N}))${letter}[[\\p{L}\\p{N}${follower}]--[${spaceless}]]*)*`,
    '\\p{Regional_Indicator}{2}',
    `${pictograph}(?:\\u200d${pictograph})*`,
    `[^][${follower}]*`,
  ].join('|'),
  'gv',
);
