import { parseTitle } from '../articles/title.ts';
import { foldedWords } from '../search/words.ts';
import { encodeTerms, packTerms } from './signature.ts';
import { sketchOf } from './sketch.ts';
import { extractTerms, type TermSource } from './terms.ts';

/** What the program keeps of a text until it can be weighted against the others: its encoded terms and a sketch. */
export interface ExtractedText {
  terms: Uint8Array;
  sketch: Uint8Array;
}

export function extractWords(source: TermSource): ExtractedText {
  const { frequencies, sequence } = extractTerms(source);
  return { terms: encodeTerms(packTerms(frequencies)), sketch: sketchOf(sequence) };
}

export interface ArticleText {
  /** Inline Markdown. */
  title: string;
  standfirst: string;
  summary: string;
  /** The plain text of the body. */
  body: string;
  topics: string[];
  /** A language tag. */
  language: string;
}

/** Characters beyond these add no term that counts; see `maxWords` in `terms.ts`. */
export const extractedLength = 60_000;

export function extractText(text: ArticleText): ExtractedText {
  return extractWords(termSource(text));
}

export function termSource({ title, standfirst, summary, body, topics, language }: ArticleText): TermSource {
  return { title: foldedWords(parseTitle(title).text), text: [standfirst, summary, body.slice(0, extractedLength)].flatMap(foldedWords), topics, language };
}
