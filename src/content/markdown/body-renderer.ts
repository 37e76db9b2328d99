import { countWords } from '../search/words.ts';
import { cleanText, escapeHtml } from '../text/text.ts';
import { markupKey, renderMarkdown, type MarkdownOptions, type RenderedBody } from './markdown.ts';

/** What an editor is told about the markup of a body. */
export interface BodyNotes {
  /** Whether the Markdown took too long to render, and stands in the HTML as it was typed. */
  isPlain: boolean;
  /** The tags, such as `<script>`, that are not allowed or not closed, and so are shown as they were typed. */
  shownAsText: string[];
  /** Whether it holds an HTML comment, which readers do not see. */
  hasComment: boolean;
}

/** A body as it is stored beside its Markdown. */
export interface StoredBody extends RenderedBody, BodyNotes {
  wordCount: number;
  /** See `markupKey`. */
  markupVersion: number;
}

/** Renders a body in this thread. Some texts take minutes: the server renders through `Renderer`. */
export function renderBody(markdown: string, options: MarkdownOptions): StoredBody {
  const rendered = renderMarkdown(markdown, options);
  return { ...rendered, wordCount: countWords(rendered.text), markupVersion: markupKey(options), isPlain: false };
}

/** A body as it was typed, in paragraphs: what readers get where its Markdown takes too long to render. */
export function plainBody(markdown: string, options: MarkdownOptions): StoredBody {
  const paragraphs = cleanText(markdown).split(/\n[^\S\n]*\n/).map((paragraph) => paragraph.trim()).filter((paragraph) => paragraph !== '');
  const text = paragraphs.join('\n');
  const html = paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`).join('\n');
  return { html, text, shownAsText: [], hasComment: false, wordCount: countWords(text), markupVersion: markupKey(options), isPlain: true };
}
