import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { nameKey } from '../../../src/content/articles/article.ts';
import { countMarkdownWords } from '../../../src/content/search/words.ts';

/** A function of a script that the newsroom's pages share. */
async function scriptFunction(file: string, name: string): Promise<(text: string) => unknown> {
  const script = await readFile(path.resolve(import.meta.dirname, '../../../public/js/admin', file), 'utf8');
  return runInNewContext(`${script}\n${name}`);
}

const names = ['O’Brien', 'O\'BRIEN', ' Jean–Luc  Picard ', 'Straße', 'Σίσυφος', '“Q”', '—', 'e\u0301', 'a\u200bb', 'ʻOkina', ''];

test('the scripts and the server agree on which names are one name', async () => {
  const inScript = await scriptFunction('name-key.js', 'nameKey');
  expect(names.map(inScript)).toEqual(names.map(nameKey));
});

const bodies: [markdown: string, words: number][] = [
  ['', 0],
  ['# A title\n\nOne **word**, *two* words.', 6],
  ['See [the page](https://news.example/a_(b)/c "Its title") and ![a ship](picture:7).', 6],
  ['A [link][1] and <em class="x y">emphasis</em>.\n\n[1]: https://news.example/long/address', 5],
  ['A note[^1].\n\n[^1]: Its text.', 6],
  ['It’s a well-known fact.', 4],
  ['東京の天気', 3],
];

test.each(bodies)('the scripts and the server count the same words: %j', async (markdown, words) => {
  expect([countMarkdownWords(markdown), (await scriptFunction('count-words.js', 'countMarkdownWords'))(markdown)]).toEqual([words, words]);
});
