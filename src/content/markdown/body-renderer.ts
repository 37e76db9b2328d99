import { countWords } from '../search/words.ts';
import { cleanText, escapeHtml } from '../text/text.ts';
import { markupKey, renderMarkdown, type MarkdownOptions, type RenderedBody } from './markdown.ts';

export interface BodyNotes {
  /** Rendering exceeded the limit of time or memory, so the HTML is the Markdown source in plain paragraphs. */
  isPlain: boolean;
  shownAsText: string[];
  hasComment: boolean;
}

export interface StoredBody extends RenderedBody, BodyNotes {
  wordCount: number;
  markupVersion: number;
}

/** Some texts take minutes to render, so the server uses `Renderer`, which runs this function in a worker. */
export function renderBody(markdown: string, options: MarkdownOptions): StoredBody {
  const rendered = renderMarkdown(markdown, options);
  return { ...rendered, wordCount: countWords(rendered.text), markupVersion: markupKey(options), isPlain: false };
}

export function plainBody(markdown: string, options: MarkdownOptions): StoredBody {
  const paragraphs = cleanText(markdown).split(/\n[^\S\n]*\n/).map((paragraph) => paragraph.trim()).filter((paragraph) => paragraph !== '');
  const text = paragraphs.join('\n');
  const html = paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`).join('\n');
  return { html, text, shownAsText: [], hasComment: false, wordCount: countWords(text), markupVersion: markupKey(options), isPlain: true };
}
