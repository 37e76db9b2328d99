import { markupKey, renderMarkdown, type RenderedBody } from './markdown.ts';
import type { Settings } from './settings.ts';
import { countWords } from './words.ts';

/** A body as it is stored beside its Markdown. */
export interface StoredBody extends RenderedBody {
  wordCount: number;
  /** See `markupKey`. */
  markupVersion: number;
}

export type Render = (markdown: string) => StoredBody;

/** How bodies are rendered on this site as it is set. */
export function bodyRenderer(siteUrl: string, { smartTypography }: Settings): { markupVersion: number; render: Render } {
  const options = { siteUrl, smartTypography };
  const markupVersion = markupKey(options);
  return {
    markupVersion,
    render(markdown) {
      const rendered = renderMarkdown(markdown, options);
      return { ...rendered, wordCount: countWords(rendered.text), markupVersion };
    },
  };
}
