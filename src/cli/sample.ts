import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isSettingName, parseSetting, type SettingName } from '../content/site/settings.ts';
import type { Context } from '../context.ts';
import { importFiles } from '../exchange/import-files.ts';
import { saveSettings } from '../storage/site/settings.ts';
import { saveStaticPageText } from './static-page-text.ts';

const sampleFolder = fileURLToPath(new URL('../../data/sample/', import.meta.url));

/** Fills a new site with sample content, by the same code as `settings set` and `import`. */
export async function loadSample(context: Context): Promise<void> {
  await saveSettings(context.db, await readSite(), context.clock());
  const pages = path.join(sampleFolder, 'pages');
  for (const file of await markdownFiles(pages)) {
    const pagePath = path.relative(pages, file).replace(/\.md$/, '').replaceAll(path.sep, '/');
    await saveStaticPageText(context, pagePath, await readFile(file, 'utf8'));
  }
  const articles = path.join(sampleFolder, 'articles');
  await importFiles(context, await markdownFiles(articles), { folders: [articles] });
}

async function readSite(): Promise<Partial<Record<SettingName, unknown>>> {
  const site: unknown = JSON.parse(await readFile(path.join(sampleFolder, 'site.json'), 'utf8'));
  const values: Partial<Record<SettingName, unknown>> = {};
  for (const [name, value] of Object.entries(site ?? {})) {
    const parsed = isSettingName(name) ? parseSetting(name, value) : undefined;
    if (!parsed || 'errors' in parsed) throw new Error(`site.json: ${name} is not a valid setting`);
    if (isSettingName(name)) values[name] = parsed.value;
  }
  return values;
}

/** Sorted by depth, because the footer lists static pages in the order of their creation. */
async function markdownFiles(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true });
  const depth = (file: string) => file.split(path.sep).length;
  return files
    .filter((file) => file.endsWith('.md'))
    .toSorted((a, b) => depth(a) - depth(b) || a.localeCompare(b, 'en'))
    .map((file) => path.join(folder, file));
}
