import { expect, test } from 'vitest';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run, rows, prepare } from '../support/program.ts';
import { temporaryFolder } from '../support/test-site.ts';

async function siteWith(...articles: object[]): Promise<{ folder: string; file: string }> {
  const folder = await temporaryFolder();
  const file = path.join(folder, 'articles.ndjson');
  await writeFile(file, articles.map((article) => JSON.stringify(article)).join('\n'));
  await prepare(folder, ['import', file]);
  return { folder, file };
}

const one = { title: 'One', body: 'Text.', theme: 'World', authors: ['Ada'], publishedAt: '2025-03-01' };

test('a theme gets a new name and address, and its old name still means the same theme', async () => {
  const { folder, file } = await siteWith(one);
  expect(await run(folder, ['rename', 'theme', 'world', ' The  World '], { environment: { SITE_URL: 'https://news.example' } })).toEqual({ code: 0, stdout: '“world” is now named “The World”, at https://news.example/themes/the-world\n', stderr: '' });
  await writeFile(file, JSON.stringify({ ...one, title: 'Two', theme: 'WORLD' }));
  await prepare(folder, ['import', file]);
  expect(rows(folder, 'select name, theme.slug, count(*) as articles from theme join article on theme_id = theme.id group by theme.id')).toEqual([{ name: 'The World', slug: 'the-world', articles: 2 }]);
  expect(rows(folder, 'select editor_id, action, detail from audit_log where action <> \'import\'')).toEqual([{ editor_id: null, action: 'theme-change', detail: 'World → The World' }]);
  expect(rows(folder, 'select kind, slug, target_id from old_slug')).toEqual([{ kind: 'theme', slug: 'world', target_id: 1 }]);
});

test('renaming back restores the old state', async () => {
  const { folder } = await siteWith(one);
  await prepare(folder, ['rename', 'author', 'Ada', 'Ada Example']);
  await prepare(folder, ['rename', 'author', 'Ada Example', 'Ada']);
  expect(rows(folder, 'select id, name, slug from author')).toEqual([{ id: 1, name: 'Ada', slug: 'ada' }]);
  expect(rows(folder, 'select name_key, target_id from old_name')).toEqual([{ name_key: 'adaexample', target_id: 1 }]);
});

test('unknown names, names in use and invalid names are refused', async () => {
  const { folder } = await siteWith(one, { ...one, title: 'Two', theme: 'Sport' });
  const refusal = (line: string) => ({ code: 1, stdout: '', stderr: `${line}\n` });
  expect(await run(folder, ['rename', 'theme', 'Weather', 'Wind'])).toEqual(refusal('There is no theme named “Weather”.'));
  expect(await run(folder, ['rename', 'theme', 'World', 'sport'])).toEqual(refusal('Another theme is or was named “sport”.'));
  expect(await run(folder, ['rename', 'theme', 'World', 'x'.repeat(500)])).toEqual(refusal(`“${'x'.repeat(500)}” is too long. A name can have 100 characters at most.`));
  for (const args of [['theme', 'World'], ['theme', 'World', ' '], ['article', 'One', 'Two'], ['constructor', 'a', 'b'], []]) {
    expect(await run(folder, ['rename', ...args])).toEqual(refusal('Usage: npx broadsheet rename theme|author|topic NAME NEW-NAME'));
  }
});
