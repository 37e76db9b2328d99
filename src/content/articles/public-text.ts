import { contextLength, diffWords, shortenDiff, type DiffGap, type DiffPart } from '../text/text-diff.ts';

/** What readers saw of an article at a time, as plain text. */
export interface PublicText {
  title: string;
  standfirst: string;
  summary: string;
  caption: string;
  body: string;
  authors: string;
}

export interface TextChange {
  field: keyof PublicText;
  parts: (DiffPart | DiffGap)[];
}

const fields = ['title', 'standfirst', 'summary', 'caption', 'body', 'authors'] as const satisfies (keyof PublicText)[];


export function listTextChanges(from: PublicText, to: PublicText): TextChange[] {
  return fields.filter((field) => from[field] !== to[field]).map((field) => ({ field, parts: shortenDiff(diffWords(from[field], to[field]), contextLength) }));
}
