import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { en } from '../../src/messages/en.ts';

const root = path.resolve(import.meta.dirname, '../..');
const keys = Object.entries(en).flatMap(([group, texts]) => Object.keys(texts).map((name) => `${group}.${name}`));

async function readProgram(): Promise<Map<string, string>> {
  const names = (await Promise.all(['src', 'views', 'public/js'].map(async (folder) => (await readdir(path.join(root, folder), { recursive: true })).map((name) => path.join(folder, name))))).flat();
  const files = names.filter((name) => /\.(?:ts|ejs|js)$/.test(name) && !name.startsWith('src/messages/en'));
  return new Map(await Promise.all(files.map(async (file) => [file, await readFile(path.join(root, file), 'utf8')] as const)));
}

const program = await readProgram();

test('every message is used', () => {
  const text = [...program.values()].join('\n');
  expect(keys.filter((key) => !text.includes(`'${key}'`))).toEqual([]);
});

test('every key that a view or a script prints exists', () => {
  const known = new Set(keys);
  const used = [...program].flatMap(([file, text]) => [...text.matchAll(/\bt(?:Html)?\(\s*'([^']*)'/g)].map(([, key = '']) => ({ file, key })));
  expect(used.length).toBeGreaterThan(100);
  expect(used.filter(({ key }) => !known.has(key))).toEqual([]);
});
