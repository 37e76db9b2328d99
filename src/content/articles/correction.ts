import type { Problem } from '../problem.ts';
import { cleanText, isBlank } from '../text/text.ts';

/** In characters. */
export const maxCorrectionLength = 2000;

/** Reads the text of a correction: plain text, whose paragraphs may be separated by an empty line. */
export function parseCorrection(typed: string): { text: string } | { problem: Problem } {
  const text = cleanText(typed).split('\n').map((line) => line.trim()).join('\n').replace(/\n{3,}/g, '\n\n').trim();
  if (isBlank(text)) return { problem: { key: 'problems.correctionRequired' } };
  if (text.length > maxCorrectionLength) return { problem: { key: 'problems.tooLong', values: { limit: maxCorrectionLength } } };
  return { text };
}
