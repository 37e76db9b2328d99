import { text } from 'node:stream/consumers';
import { markupKey } from '../content/markdown/markdown.ts';
import { parseSetting, settingNames, type SettingError, type SettingName } from '../content/site/settings.ts';
import type { Context } from '../context.ts';
import { OperatorError } from '../errors.ts';
import { english } from '../messages/languages.ts';
import { tooSlowMessage } from '../rendering/limits.ts';
import { markdownOptions } from '../rendering/markdown-options.ts';
import { renderOutdated } from '../storage/articles/outdated-markup.ts';
import { deleteStaticPage } from '../storage/pages/edit-static-pages.ts';
import { findStaticPage, listStaticPages } from '../storage/pages/static-pages.ts';
import { changeSettings, loadSettings } from '../storage/site/settings.ts';
import { saveStaticPageText, staticPageText } from './static-page-text.ts';
import { withContext } from './with-context.ts';

const usage = 'npx broadsheet settings [get NAME | set NAME VALUE]';
const pagePrefix = 'page:';

export async function settings(args: string[]): Promise<void> {
  // Not parseArgs, which would read a page's text as an option, because the text begins with “---”.
  const [action, name, value, ...rest] = args;
  if (action === undefined) return withContext(listAll);
  if (name === undefined || rest.length > 0) throw new OperatorError(`Usage: ${usage}`);
  if (action === 'get' && value === undefined) return withContext((context) => print(context, name));
  if (action === 'set' && value !== undefined) return withContext(async (context) => change(context, name, value === '-' ? await text(process.stdin) : value));
  throw new OperatorError(`Usage: ${usage}`);
}

async function listAll({ db }: Context): Promise<void> {
  const values = await loadSettings(db);
  const width = Math.max(...settingNames.map(({ length }) => length));
  for (const name of settingNames) console.log(`${name.padEnd(width)} ${asText(values[name])}`);
  for (const { path, title } of await listStaticPages(db)) console.log(`${pagePrefix}${path}  ${title}`);
}

async function print({ db }: Context, name: string): Promise<void> {
  if (!name.startsWith(pagePrefix)) {
    const values = await loadSettings(db);
    console.log(asText(values[knownName(name)]));
    return;
  }
  const page = await findStaticPage(db, name.slice(pagePrefix.length));
  if (!page) throw new OperatorError(`There is no static page ${name}. Run “npx broadsheet settings” for a list.`);
  process.stdout.write(staticPageText(page));
}

async function change(context: Context, name: string, value: string): Promise<void> {
  if (!name.startsWith(pagePrefix)) return changeSetting(context, knownName(name), value);
  const path = name.slice(pagePrefix.length);
  if (value.trim() !== '') return saveStaticPageText(context, path, value);
  if (!(await deleteStaticPage(context.db, path, context.clock()))) throw new OperatorError(`There is no static page ${name}. Run “npx broadsheet settings” for a list.`);
}

/** Changes a setting, and renders stored bodies again if they depend on it. Throws an OperatorError if the value is not valid. */
export async function changeSetting({ db, clock, config, languages, renderer }: Context, name: SettingName, value: string): Promise<void> {
  const current = (await loadSettings(db))[name];
  const parsed = parseSetting(name, typeof current === 'string' ? value.trim() : parseJson(name, value));
  if ('errors' in parsed) throw new OperatorError(parsed.errors.map((error) => settingProblem(name, error)).join(' '));
  const result = await changeSettings(db, { values: { [name]: parsed.value } }, null, clock());
  if (typeof result === 'object' && 'problem' in result) throw new OperatorError(settingProblem(name, { path: [], problem: result.problem }));
  const options = markdownOptions({ config, languages }, await loadSettings(db));
  await renderOutdated(db, markupKey(options), async (markdown, place) => {
    const body = await renderer.render(markdown, options, 'command');
    if (body.isPlain) console.error(`${place}: ${tooSlowMessage}`);
    return body;
  }, clock, async () => true);
}

/** `followUs: entry 2: url: This is not a web address. Use one such as https://example.org.` */
function settingProblem(name: SettingName, { path, problem }: SettingError): string {
  return [name, ...path.map((part) => (typeof part === 'number' ? `entry ${part + 1}` : String(part))), english.of(problem)].join(': ');
}

function knownName(name: string): SettingName {
  const known = settingNames.find((one) => one === name);
  if (known) return known;
  throw new OperatorError(`“${name}” is not a setting. The settings are ${settingNames.join(', ')}, and page:PATH for static pages.`);
}

function parseJson(name: string, value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw new OperatorError(`${name}: expected JSON, such as ${name === 'followUs' ? '[{"name": "Mastodon", "url": "https://social.example/@us"}]' : 'true'}.`);
  }
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
