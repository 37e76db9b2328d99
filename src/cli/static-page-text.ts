import { stringify } from 'yaml';
import { bodyOptions } from '../content/markdown/body-renderer.ts';
import { isStaticPagePath, parseStaticPage } from '../content/markdown/static-page.ts';
import type { Context } from '../context.ts';
import { OperatorError } from '../errors.ts';
import { readFrontMatter } from '../exchange/front-matter.ts';
import { problemText } from '../exchange/problem-text.ts';
import { takesTooLong } from '../rendering/limits.ts';
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
 * @throws OperatorError if the path or the text is invalid
 */
export async function saveStaticPageText(context: Context, pagePath: string, text: string): Promise<void> {
  if (!isStaticPagePath(pagePath) || isTaken(pagePath)) throw new OperatorError(`“${pagePath}” can't be a page's path. Use lower-case words, such as about or policies/corrections, that are not an address of the site itself.`);
  const read = readFrontMatter(text);
  if ('problem' in read) throw new OperatorError(`page:${pagePath}, line ${read.line}: ${read.problem}`);
  const parsed = parseStaticPage(read.values['title'], read.body);
  if ('problem' in parsed) throw new OperatorError(`page:${pagePath}: ${problemText(parsed)}`);
  const options = bodyOptions(context.config.siteUrl, await loadSettings(context.db));
  const { html, markupVersion, isPlain } = await context.renderer.render(parsed.body, options, 'command');
  if (isPlain) console.error(`page:${pagePath}: ${takesTooLong}`);
  await saveStaticPage(context.db, { path: pagePath, ...parsed, bodyHtml: html, markupVersion }, context.clock());
}
