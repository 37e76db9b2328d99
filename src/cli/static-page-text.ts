import { stringify } from 'yaml';
import { isStaticPagePath, parseStaticPage } from '../content/markdown/static-page.ts';
import type { Context } from '../context.ts';
import { OperatorError } from '../errors.ts';
import { readFrontMatter } from '../exchange/front-matter.ts';
import { takesTooLong } from '../rendering/limits.ts';
import { markdownOptions } from '../rendering/markdown-options.ts';
import { loadSettings } from '../storage/site/settings.ts';
import { saveStaticPage, type StaticPage } from '../storage/site/static-pages.ts';
import { isTaken } from '../urls.ts';

/** A static page as one text: its title in front matter, then its Markdown. */
export function staticPageText({ title, body }: StaticPage): string {
  return `---\n${stringify({ title })}---\n\n${body.trim()}\n`;
}

/**
 * Stores a static page given as one text.
 *
 * @throws OperatorError where the path or the text will not do
 */
export async function saveStaticPageText(context: Context, pagePath: string, text: string): Promise<void> {
  if (!isStaticPagePath(pagePath) || isTaken(pagePath)) throw new OperatorError(`“${pagePath}” cannot be a page's path: expected lower-case words such as about or policies/corrections, outside the site's own folders.`);
  const read = readFrontMatter(text);
  if ('problem' in read) throw new OperatorError(`page:${pagePath}, line ${read.line}: ${read.problem}.`);
  const parsed = parseStaticPage(read.values['title'], read.body);
  if ('problem' in parsed) throw new OperatorError(`page:${pagePath}: ${parsed.problem}.`);
  const options = markdownOptions(context, await loadSettings(context.db));
  const { html, markupVersion, isPlain } = await context.renderer.render(parsed.body, options, 'command');
  if (isPlain) console.error(`page:${pagePath}: ${takesTooLong}`);
  await saveStaticPage(context.db, { path: pagePath, ...parsed, bodyHtml: html, markupVersion }, context.clock());
}
