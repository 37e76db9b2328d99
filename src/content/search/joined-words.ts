import { fold, spaceless } from './words.ts';

const letter = `(?![${spaceless}])[\\p{L}\\p{N}]\\p{M}*`;
const joiners = "[-‐‑–'’ʼ&\\u200b]";
/** `F-16`, `O’Brien`, `AT&T`, and words with a zero-width space. */
const joinedByPunctuation = new RegExp(`(?<!${letter})(?:${letter})+(?:${joiners}(?:${letter})+)+`, 'gu');
/** The parts of a text between spaces that can match {@link joinedByPunctuation}, which takes ten times as long as finding them. */
const withJoiner = new RegExp(`(?<!\\S)\\S*?${joiners}\\S*`, 'gu');
/** `1,234,567` as various languages write it. */
const groupedDigits = /(?<!\d)\d{1,3}(?:[,.'’\u00a0\u202f\u2009 ]\d{3})+(?!\d)/g;
/** `T. S.` and `U.S.A.` */
const initials = /(?<![\p{L}\p{N}])\p{Lu}\.(?:[ \u00a0]?\p{Lu}\.)+/gu;
const withSymbols = /(?<![\p{L}\p{N}])([\p{L}]{1,20})(\+\+|#)(?![\p{L}])/gu;

/** The search index has only letters and digits. */
const symbolNames: Record<string, string> = { '++': 'plusplus', '#': 'sharp' };

/** The words of a text that contain punctuation, folded and without it, as many people type them: `f16`, `obrien`, `1234567`, `cplusplus`. */
export function joinedWords(text: string): string[] {
  const joined = (text.match(withJoiner) ?? []).flatMap((part) => part.match(joinedByPunctuation) ?? []);
  const found = [...joined, ...[groupedDigits, initials].flatMap((pattern) => text.match(pattern) ?? [])].map((match) => match.replace(/[^\p{L}\p{M}\p{N}]/gu, ''));
  return [...new Set([...found, ...symbolWords(text)].map((word) => fold(word)))];
}

export function symbolWords(text: string): string[] {
  // Hardly any text has these characters, and a search for them is fast.
  if (!/[+#]/.test(text)) return [];
  return [...text.matchAll(withSymbols)].map(([, name = '', symbol = '']) => `${name}${symbolNames[symbol] ?? ''}`);
}

/** Digits separated by plain spaces stay separate numbers. */
export function withoutInnerSpaces(text: string): string {
  return text.replace(initials, (match) => match.replace(/\s/g, '')).replace(groupedDigits, (match) => (match.includes(' ') ? match : match.replace(/\s/g, ',')));
}
