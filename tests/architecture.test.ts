import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { settings } from '../src/config.ts';
import { settingNames } from '../src/content/site/settings.ts';

const root = path.resolve(import.meta.dirname, '..');

async function read(folder: string, ending: string): Promise<Map<string, string>> {
  const names = await readdir(path.join(root, folder), { recursive: true });
  const files = names.filter((name) => name.endsWith(ending)).map((name) => path.join(folder, name));
  return new Map(await Promise.all(files.map(async (file) => [file, await readFile(path.join(root, file), 'utf8')] as const)));
}

const sources = await read('src', '.ts');

/** Our own files that a file imports, such as `content/slug.ts`. */
function importsOf(file: string, source: string): string[] {
  return [...source.matchAll(/from '(\.[^']+)'/g)].map(([, target = '']) => path.relative('src', path.join(path.dirname(file), target)));
}

/** `file -> import` for every import from a folder that is not allowed there. */
function breaches(folder: string, isAllowed: (target: string) => boolean): string[] {
  return [...sources].filter(([file]) => file.startsWith(`src/${folder}/`)).flatMap(([file, source]) => importsOf(file, source).filter((target) => !isAllowed(target)).map((target) => `${file} -> ${target}`));
}

test('content imports nothing of ours but content', () => {
  expect(breaches('content', (target) => target.startsWith('content/'))).toEqual([]);
});

test('messages imports only messages and content', () => {
  expect(breaches('messages', (target) => target.startsWith('messages/') || target.startsWith('content/'))).toEqual([]);
});

test('storage imports nothing of ours but storage and content', () => {
  expect(breaches('storage', (target) => target.startsWith('storage/') || target.startsWith('content/'))).toEqual([]);
});

test('exchange imports nothing of the command line, the reader or the admin, and only the command line and the admin import exchange', () => {
  expect(breaches('exchange', (target) => !/^(?:cli|reader|admin)\//.test(target))).toEqual([]);
  const importers = [...sources].filter(([file, source]) => importsOf(file, source).some((target) => target.startsWith('exchange/'))).map(([file]) => file);
  expect(importers.filter((file) => !/^src\/(?:cli|admin|exchange)\//.test(file))).toEqual([]);
});

test('reader and admin import neither each other nor the command line, and reader nothing that writes', () => {
  expect(breaches('reader', (target) => !target.startsWith('admin/') && !target.startsWith('cli/'))).toEqual([]);
  expect(breaches('admin', (target) => !target.startsWith('reader/') && !target.startsWith('cli/'))).toEqual([]);
  // What the reader's side imports from storage only reads: so say the names.
  const imported = [...sources].filter(([file]) => file.startsWith('src/reader/')).flatMap(([file, source]) => [...source.matchAll(/^import (\{[^}]*\}) from '[^']*\/storage\/[^']*';/gm)].flatMap(([, names = '']) => [...names.matchAll(/(?<!type )\b([a-z]\w*)(?=[,\s}])/g)].map(([, name = '']) => `${file}: ${name}`)).filter((line) => !line.endsWith(': type')));
  expect(imported.length).toBeGreaterThan(30);
  expect(imported.filter((line) => !/: (?:find|list|has|is|was|load|count|search|newest|summarise|without|max)[A-Z]\w*$/.test(line))).toEqual([]);
});

test('only storage holds SQL or knows the database', () => {
  const knowing = [...sources].filter(([file, source]) => !file.startsWith('src/storage/') && /from '(?:kysely|better-sqlite3|pg)|selectFrom\(|sql`/.test(source));
  expect(knowing.map(([file]) => file)).toEqual([]);
  const openers = [...sources].filter(([file, source]) => file !== 'src/startup/open-database.ts' && !file.startsWith('src/storage/') && /open(?:Sqlite|Postgres)\b/.test(source));
  expect(openers.map(([file]) => file)).toEqual([]);
});

test('only config.ts reads the environment', () => {
  expect([...sources].filter(([file, source]) => file !== 'src/config.ts' && source.includes('process.env')).map(([file]) => file)).toEqual([]);
});

test('only urls.ts spells public paths', async () => {
  const spelling = /['"`]\/(?:articles|themes|authors|topics|archive|corrections|search|sitemaps?|news-sitemap|rss|atom|feed|assets|icons|health|admin|previews|pictures|robots|manifest|opensearch|favicon)\b/;
  const comments = /\/\*\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;
  const inSource = [...sources].filter(([file, source]) => file !== 'src/urls.ts' && spelling.test(source.replace(comments, ''))).map(([file]) => file);
  const inViews = [...(await read('views', '.ejs'))].filter(([, view]) => spelling.test(view) || /(?:href|action|src)="\//.test(view)).map(([file]) => file);
  expect([...inSource, ...inViews]).toEqual([]);
});

test('views print raw HTML only if it was rendered, sanitised or escaped before', async () => {
  const raw = [...(await read('views', '.ejs'))].flatMap(([file, view]) => [...view.matchAll(/<%-\s*(?!(?:include|includeOnce|tHtml)\()([\w.]+)/g)].map(([, name = '']) => `${path.basename(file)}: ${name}`));
  expect(raw.filter((line) => !/(?:\.html|[a-z]Html|head\.structuredData|page\.scriptMessages)$/.test(line))).toEqual([]);
});

test('every setting and command is in the README', async () => {
  const readme = await readFile(path.join(root, 'README.md'), 'utf8');
  for (const { variable } of Object.values(settings)) expect(readme).toContain(`\`${variable}\``);
  for (const name of settingNames) expect(readme).toContain(`\`${name}\``);
  for (const command of ['serve', 'import', 'settings get', 'settings set', 'rename', 'editor list', 'editor add', 'editor role', 'editor disable', 'editor enable', 'editor reset-password', 'editor remove-second-factor', 'pictures', 'pictures --remove-unused', 'pictures --remake', 'backup', 'copy', 'help']) expect(readme).toContain(`npx broadsheet ${command}`);
});

test('there are no import cycles', () => {
  const files = new Map([...sources].map(([file, source]) => [path.relative('src', file), importsOf(file, source)]));
  const finished = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, way: string[]): void => {
    if (way.includes(file)) cycles.push([...way.slice(way.indexOf(file)), file].join(' -> '));
    if (way.includes(file) || finished.has(file)) return;
    for (const target of files.get(file) ?? []) visit(target, [...way, file]);
    finished.add(file);
  };
  for (const file of files.keys()) visit(file, []);
  expect(cycles).toEqual([]);
});

test('only whole views and the byline are passed into messages as HTML', async () => {
  const inViews = [...(await read('views', '.ejs'))].flatMap(([file, view]) => [...view.matchAll(/\bmarkup\((\w*)/g)].map(([, argument]) => `${file}: ${argument}`));
  expect(inViews.filter((line) => !line.endsWith(': include'))).toEqual([]);
  expect([...sources].filter(([file, source]) => !file.startsWith('src/messages/') && /\.markup\(/.test(source)).map(([file]) => file)).toEqual(['src/reader/articles/byline.ts']);
});
