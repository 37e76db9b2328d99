import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Languages } from '../../src/messages/languages.ts';
import { readViews, View } from '../../src/web/views.ts';
import { temporaryFolder } from '../support/test-site.ts';

const messages = new Languages().for('en');

async function print(root: string, name: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    new View(name, { root }).render({ messages, name: 'Ada' }, (error, text) => (error ? reject(error) : resolve(text)));
  });
}

test('views that have been read need no files, so a new version can replace them while the process runs', async () => {
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, 'room'));
  await writeFile(path.join(folder, '_name.ejs'), '<b><%= page.name %></b>');
  await writeFile(path.join(folder, 'room', 'page.ejs'), "<%- include('../_name') %><%- includeOnce(page, '../_name') %> <%= t('lists.pages') %>");
  await readViews(folder);
  await rm(folder, { recursive: true });
  expect(await print(folder, 'room/page')).toBe('<b>Ada</b><b>Ada</b> Pages');
});

test('a view that does not exist is an error', async () => {
  await expect(print('/nowhere', 'view')).rejects.toThrow('ENOENT');
});
