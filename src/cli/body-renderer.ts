import { markupKey, renderMarkdown } from '../content/markdown.ts';
import type { Settings } from '../content/settings.ts';
import { countWords } from '../content/words.ts';
import type { Render } from '../storage/markup.ts';

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
