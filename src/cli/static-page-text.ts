import { stringify } from 'yaml';
import { isStaticPagePath, parseStaticPage } from '../content/pages/static-page.ts';
import type { Context } from '../context.ts';
import { OperatorError } from '../errors.ts';
import { readFrontMatter } from '../exchange/front-matter.ts';
import { problemText } from '../exchange/problem-text.ts';
import { tooSlowMessage } from '../rendering/limits.ts';
import { markdownOptions } from '../rendering/markdown-options.ts';
import { saveStaticPage } from '../storage/pages/edit-static-pages.ts';
import type { StaticPage } from '../storage/pages/static-pages.ts';
import { loadSettings } from '../storage/site/settings.ts';
import { isReservedPath } from '../urls.ts';

/** Formats a static page as Markdown, with its title in front matter. */
export function staticPageText({ title, body }: StaticPage): string {
  return `---\n${stringify({ title })}---\n\n${body.trim()}\n`;
}

/** Saves a static page in the format of `staticPageText`. Throws an OperatorError if the path or the text is not valid. */
export async function saveStaticPageText(context: Context, pagePath: string, text: string): Promise<void> {
  if (!isStaticPagePath(pagePath) || isReservedPath(pagePath)) throw new OperatorError(`“${pagePath}” can't be the path of a static page. Expected lower-case words such as about or policies/corrections, and none of the site's own paths.`);
  const read = readFrontMatter(text);
  if ('problem' in read) throw new OperatorError(`page:${pagePath}, line ${read.line}: ${read.problem}`);
  const parsed = parseStaticPage(read.values['title'], read.body);
  if ('errors' in parsed) throw new OperatorError(`page:${pagePath}: ${parsed.errors.map(problemText).join(' ')}`);
  const options = markdownOptions(context, await loadSettings(context.db));
  const rendered = await context.renderer.render(parsed.body, options, 'command');
  if (rendered.isPlain) console.error(`page:${pagePath}: ${tooSlowMessage}`);
  await saveStaticPage(context.db, { path: pagePath, ...parsed, bodyHtml: rendered.html, markupVersion: rendered.markupVersion, notes: rendered }, context.clock());
}
