import { shorten } from '../text/text.ts';

export const openingLength = 2000;
const maxSentencesLength = 300;

// Headings and captions rarely end like a sentence. Closing quotes and brackets may follow the full stop.
const sentenceEnd = /[.!?…。！？؟۔।]["'’”»」』)\]]*$/u;
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

export function describeArticle({ standfirst, summary, opening = '' }: { standfirst: string; summary: string; opening?: string | undefined }): string {
  return standfirst || summary || firstSentences(opening);
}

/** The first sentences, up to 300 characters, of the first paragraph that is not a heading. Each line is a paragraph. */
export function firstSentences(text: string): string {
  const lines = text.slice(0, openingLength).split('\n').map((line) => line.trim()).filter(Boolean);
  const paragraph = lines.find((line) => sentenceEnd.test(line)) ?? lines.find((line) => line.length > maxSentencesLength) ?? lines[0] ?? '';
  let opening = '';
  for (const { segment } of sentences.segment(paragraph)) {
    if (opening !== '' && (opening + segment).trimEnd().length > maxSentencesLength) break;
    opening += segment;
  }
  return shorten(opening.trim(), maxSentencesLength);
}
