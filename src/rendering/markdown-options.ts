import type { Config } from '../config.ts';
import type { MarkdownOptions } from '../content/markdown/markdown.ts';
import type { Settings } from '../content/site/settings.ts';
import type { Languages } from '../messages/languages.ts';

/** The options with which this site renders bodies. */
export function markdownOptions({ config, languages }: { config: Pick<Config, 'siteUrl'>; languages: Languages }, { language, smartTypography }: Pick<Settings, 'language' | 'smartTypography'>): MarkdownOptions {
  const { text } = languages.for(language);
  const labels = {
    notes: text('body.notes'),
    backToReference: text('body.backToReference', { number: '{0}' }),
    table: text('body.table'),
    preformatted: text('body.preformatted'),
  };
  return { siteUrl: config.siteUrl, smartTypography, labels };
}
