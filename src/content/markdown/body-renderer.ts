import { countWords } from '../search/words.ts';
import type { Settings } from '../site/settings.ts';
import { cleanText, escapeHtml } from '../text/text.ts';
import { markupVersion, renderMarkdown, type MarkdownOptions, type RenderedBody } from './markdown.ts';

/** What the admin warns editors about after rendering a body. */
export interface BodyWarnings {
  /** The Markdown took too long to render, so the HTML shows its source. */
  isPlain: boolean;
  /** Forbidden or unclosed tags, such as `<script>`, which were escaped. */
  shownAsText: string[];
  /** The body has an HTML comment, which readers do not see. */
  hasComment: boolean;
}

export interface StoredBody extends RenderedBody, BodyWarnings {
  wordCount: number;
  markupVersion: number;
}

export function bodyOptions(siteUrl: string, { smartTypography }: Pick<Settings, 'smartTypography'>): MarkdownOptions {
  return { siteUrl, smartTypography };
}

/** Renders a body synchronously. Some texts take minutes, so the server uses `Renderer`, which runs this in a worker. */
export function renderBody(markdown: string, options: MarkdownOptions): StoredBody {
  const rendered = renderMarkdown(markdown, options);
  return { ...rendered, wordCount: countWords(rendered.text), markupVersion: markupVersion(options), isPlain: false };
}

/** Renders the Markdown source as plain paragraphs: the fallback when rendering times out. */
export function plainBody(markdown: string, options: MarkdownOptions): StoredBody {
  const paragraphs = cleanText(markdown).split(/\n[^\S\n]*\n/).map((paragraph) => paragraph.trim()).filter((paragraph) => paragraph !== '');
  const text = paragraphs.join('\n');
  const html = paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`).join('\n');
  return { html, text, shownAsText: [], hasComment: false, wordCount: countWords(text), markupVersion: markupVersion(options), isPlain: true };
}
