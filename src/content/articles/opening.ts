import { shorten } from '../text/text.ts';

/** How much of a text its first sentences are looked for in, and how long they may be together, in characters. */
export const openingLength = 2000;
const longestOpening = 300;

// Headings and captions rarely end like a sentence; closing quotes and brackets may follow its end.
const endsSentence = /[.!?…。！？؟۔।]["'’”»」』)\]]*$/u;
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** What says in a few words what an article is about, where there is little room: what it was given for that, or how its text begins. */
export function describeArticle({ standfirst, summary, opening = '' }: { standfirst: string; summary: string; opening?: string | undefined }): string {
  return standfirst || summary || firstSentences(opening);
}

/**
 * The first sentences of a text, as many as stand in its first paragraph and in some 300 characters; at least the
 * beginning of the first. Headings before them are left out.
 *
 * @param text plain, its paragraphs on lines of their own
 */
export function firstSentences(text: string): string {
  const lines = text.slice(0, openingLength).split('\n').map((line) => line.trim()).filter(Boolean);
  const paragraph = lines.find((line) => endsSentence.test(line)) ?? lines.find((line) => line.length > longestOpening) ?? lines[0] ?? '';
  let opening = '';
  for (const { segment } of sentences.segment(paragraph)) {
    if (opening !== '' && (opening + segment).trimEnd().length > longestOpening) break;
    opening += segment;
  }
  return shorten(opening.trim(), longestOpening);
}
