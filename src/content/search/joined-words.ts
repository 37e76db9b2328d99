import { fold, spaceless } from './words.ts';

const letter = `(?![${spaceless}])[\\p{L}\\p{N}]\\p{M}*`;
/** `F-16`, `O’Brien`, `AT&T`, and a word with a zero-width space in it. */
const joinedByMarks = new RegExp(`(?<!${letter})(?:${letter})+(?:[-‐‑–'’ʼ&\\u200b](?:${letter})+)+`, 'gu');
/** `1,234,567` as various languages write it; typed, two numbers beside each other are rather two numbers. */
const groupedDigits = /(?<!\d)\d{1,3}(?:[,.'’\u00a0\u202f\u2009 ]\d{3})+(?!\d)/g;
/** `T. S.` and `U.S.A.` */
const initials = /(?<![\p{L}\p{N}])\p{Lu}\.(?:[ \u00a0]?\p{Lu}\.)+/gu;
/** `C++` and `F#` */
const withSigns = /(?<![\p{L}\p{N}])([\p{L}]{1,20})(\+\+|#)(?![\p{L}])/gu;

/** What signs are called where they are a part of a name: the search index has letters and digits alone. */
const signs: Record<string, string> = { '++': 'plusplus', '#': 'sharp' };

/**
 * The words of a text as people type them who leave out what stands within: `f16`, `obrien`, `1234567`, `ts`. Folded,
 * each once. Names such as `C++` are words of their own.
 */
export function joinedWords(text: string): string[] {
  const found = [joinedByMarks, groupedDigits, initials].flatMap((pattern) => text.match(pattern) ?? []).map((run) => run.replace(/[^\p{L}\p{M}\p{N}]/gu, ''));
  return [...new Set([...found, ...signedWords(text)].map((word) => fold(word)))];
}

/** The names in a text that have a sign at their end: `cplusplus` of C++. */
export function signedWords(text: string): string[] {
  return [...text.matchAll(withSigns)].map(([, name = '', sign = '']) => `${name}${signs[sign] ?? ''}`);
}

/** Parts that belong together, without spaces between them: initials, and digits in groups. */
export function withoutInnerSpaces(text: string): string {
  return text.replace(initials, (run) => run.replace(/\s/g, '')).replace(groupedDigits, (run) => (run.includes(' ') ? run : run.replace(/\s/g, ',')));
}
