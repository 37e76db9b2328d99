import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { drawPhotograph } from '../support/photograph.ts';
import { file, prepare, rows, run } from '../support/program.ts';
import { serveEmptySite, temporaryFolder } from '../support/test-site.ts';

test('a Markdown file is one article, with the keys of its front matter and the text after it', async () => {
  const folder = await temporaryFolder();
  const markdown = await file(folder, 'river.md', `---
title: The *river* rises
standfirst: Two towns are cut off.
summary: What is known so far.
theme: World
topics: [Rivers, Weather]
authors:
  - Ada Example
publishedAt: 2025-03-23T17:55:14+02:00
updatedAt: 2025-03-23T18:55:14+02:00
slug: river
language: en-us
---

First **paragraph**.
`);
  expect(await run(folder, ['import', markdown])).toEqual({ code: 0, stdout: '1 article added\n', stderr: '' });
  expect(rows(folder, 'select slug, title, standfirst, summary, body_html, language, public_at, updated_at from article')).toEqual([
    {
      slug: 'river',
      title: 'The *river* rises',
      standfirst: 'Two towns are cut off.',
      summary: 'What is known so far.',
      body_html: '<p>First <strong>paragraph</strong>.</p>',
      language: 'en-US',
      public_at: Date.parse('2025-03-23T15:55:14Z'),
      updated_at: Date.parse('2025-03-23T16:55:14Z'),
    },
  ]);
  expect(rows(folder, 'select name, slug from theme union all select name, slug from topic union all select name, slug from author')).toEqual([
    { name: 'World', slug: 'world' },
    { name: 'Rivers', slug: 'rivers' },
    { name: 'Weather', slug: 'weather' },
    { name: 'Ada Example', slug: 'ada-example' },
  ]);
});

test('byte order marks, CRLF, blank lines and a line separator within JSON do no harm', async () => {
  const folder = await temporaryFolder();
  const ndjson = await file(folder, 'a.ndjson', '\uFEFF{"title": "One"}\r\n\r\n  \t\n{"title": "Two", "body": "a\u2028b"}\n{"title": "Three"}');
  const markdown = await file(folder, 'b.MD', '\uFEFF---\r\ntitle: Four\r\n---\r\n\r\nOne line\r\nand another\r\n');
  expect(await run(folder, ['import', ndjson, markdown])).toEqual({ code: 0, stdout: '4 articles added\n', stderr: '' });
  expect(rows(folder, 'select title, body from article order by id')).toEqual([
    { title: 'One', body: '' },
    { title: 'Two', body: 'a\nb' },
    { title: 'Three', body: '' },
    { title: 'Four', body: '\nOne line\nand another\n' },
  ]);
});

test('every problem in an NDJSON file is reported with its file and line', async () => {
  const folder = await temporaryFolder();
  const lines = ['{"title": "Right"}', '{"title": "Wrong",}', '[]', '"text"', '{"title": 5, "topics": "one"}', '{"standfirst": "No title"}', '', '{"title": "When", "publishedAt": "tomorrow", "theme": "World"}', '{"title": "Published", "publishedAt": "2025-03-23"}'];
  const place = await file(folder, 'bad.ndjson', Buffer.concat([Buffer.from(`${lines.join('\n')}\n{"title": "`), Buffer.from([0xff, 0xfe]), Buffer.from('"}\n')]));
  expect(await run(folder, ['import', place])).toEqual({
    code: 1,
    stdout: '',
    stderr: [
      `${place}:2: This is not valid JSON: Expected double-quoted property name in JSON at column 19.`,
      `${place}:3: This is not an article. Expected keys with values, such as a title and a body.`,
      `${place}:4: This is not an article. Expected keys with values, such as a title and a body.`,
      `${place}:5: title: Expected text in quotes.`,
      `${place}:5: topics: Expected a list of names.`,
      `${place}:6: title: A title is required.`,
      `${place}:8: publishedAt: “tomorrow” is not a valid time. Use the format 2025-03-23T17:55:14+02:00.`,
      `${place}:9: theme: A published article needs a theme.`,
      `${place}:10: This is not UTF-8 text.`,
      'Nothing was imported.',
      '',
    ].join('\n'),
  });
  expect(rows(folder, 'select id from article')).toEqual([]);
});

test('an unknown key is a problem that names this key and the known ones', async () => {
  const folder = await temporaryFolder();
  const place = await file(folder, 'a.ndjson', '{"title": "One"}\n{"title": "Two", "subtitle": "?"}');
  const { code, stderr } = await run(folder, ['import', place]);
  expect(code).toBe(1);
  expect(stderr.split('\n')[0]).toContain(`${place}:2: subtitle: Unknown key.`);
  expect(stderr).toContain('title, standfirst, summary, picture, pictureAlt, pictureCaption, body, theme, topics, authors, publishedAt, updatedAt, slug, language, pictureCredit');
});

test('every problem in front matter is reported with the line of its key', async () => {
  const folder = await temporaryFolder();
  const faults: [name: string, content: string, fault: string][] = [
    ['fields.md', '---\ntitle: Fields\ntopics:\n  - right\n  - [wrong]\nlanguage: english, mostly\nslug: Not A Slug\n---\n', ':3: topics: Expected text in quotes.'],
    ['number.md', '---\n\ntitle: 1984\n---\n', ':3: title: Expected text in quotes.'],
    ['alias.md', '---\ntheme: World\ntitle: **Bold**\n---\n', ':3: A value that begins with “*” needs quotes.'],
    ['yaml.md', '---\ntheme: World\ntitle: One: two\n---\n', ':3: A value that contains a colon and a space needs quotes. Put the value of “title” in quotes.'],
    ['comment.md', '---\ntheme: World\ntitle: We are #1 in town\n---\n', ':3: YAML reads text after “ #” as a comment. Put the value in quotes.'],
    ['anchor.md', '---\ntheme: World\ntitle: &Co are back\n---\n', ':3: A value that begins with “&” needs quotes.'],
    ['tag.md', '---\ntheme: World\ntitle: !Wow\n---\n', ':3: A value that begins with “!” needs quotes. Put the value of “title” in quotes.'],
    ['at.md', '---\ntheme: World\ntitle: @home\n---\n', ':3: A value can\'t begin with this character. Put the value of “title” in quotes.'],
    ['json.ndjson', '{"title": "One"}\n{"title": "Two", "body": "{\\"title\\": 1}", "title": "Three"}\n', ':2: "title" appears twice. Remove one.'],
    ['twice.md', '---\ntitle: One\ntitle: Two\n---\n', ':3: “title” appears twice. Remove one.'],
    ['body.md', '---\ntitle: One\nbody: Two\n---\n', ':3: body: In a Markdown file the body is the text after the front matter. Remove this key.'],
    ['list.md', '---\n- title\n---\n', ':2: The front matter has no keys with values.'],
    ['none.md', 'Just text\n', ':1: There is no front matter. Begin with a line “---”, then keys with values, then another line “---”.'],
    ['open.md', '---\ntitle: One\n', ':1: There is no front matter. Begin with a line “---”, then keys with values, then another line “---”.'],
  ];
  const places = await Promise.all(faults.map(([name, content]) => file(folder, name, content)));
  const { code, stderr } = await run(folder, ['import', ...places]);
  const lines = stderr.split('\n');
  expect(code).toBe(1);
  for (const [name, , fault] of faults) expect(lines).toContain(path.join(folder, name) + fault);
  expect(lines).toContain(`${path.join(folder, 'fields.md')}:6: language: “english, mostly” is not a language tag. Use a tag such as en-GB.`);
  expect(lines.some((line) => line.startsWith(`${path.join(folder, 'fields.md')}:7: slug: `))).toBe(true);
  expect(rows(folder, 'select id from article')).toEqual([]);
});

test('YAML aliases that expand exponentially are refused', async () => {
  const folder = await temporaryFolder();
  const levels = ['a: &a [x, x, x, x, x, x, x, x, x]', ...'bcdefghi'.split('').map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(', ')}]`)];
  const place = await file(folder, 'bomb.md', `---\n${levels.join('\n')}\n---\n`);
  expect(await run(folder, ['import', place])).toEqual({ code: 1, stdout: '', stderr: `${place}:2: A value that begins with “&” needs quotes.\nNothing was imported.\n` });
});

test('an invalid line in the second of two files means that nothing is imported from either', async () => {
  const folder = await temporaryFolder();
  const good = await file(folder, 'good.ndjson', Array.from({ length: 60 }, (_, n) => JSON.stringify({ title: `Good ${n}`, theme: 'World' })).join('\n'));
  const bad = await file(folder, 'bad.ndjson', '{"title": "Fine"}\n{}\n');
  expect(await run(folder, ['import', good, bad])).toEqual({ code: 1, stdout: '', stderr: `${bad}:2: title: A title is required.\nNothing was imported.\n` });
  expect(rows(folder, 'select id from article')).toEqual([]);
  expect(rows(folder, 'select id from theme')).toEqual([]);
});

test('of many problems the first 20 are reported and the rest counted', async () => {
  const folder = await temporaryFolder();
  const place = await file(folder, 'bad.ndjson', '{}\n'.repeat(100));
  const { stderr } = await run(folder, ['import', place]);
  const lines = stderr.trimEnd().split('\n');
  expect(lines.slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, n) => `${place}:${n + 1}: title: A title is required.`));
  expect(lines.slice(20)).toEqual(['… and 80 more', 'Nothing was imported.']);
});

test('importing a folder imports the article files in it and in its subfolders, sorted, without hidden ones', async () => {
  const folder = await temporaryFolder();
  const articles = path.join(folder, 'articles');
  await mkdir(path.join(articles, 'more/.git'), { recursive: true });
  for (const [name, title] of [['b.md', 'B'], ['more/a.md', 'A'], ['.hidden.md', 'Hidden'], ['more/.git/c.md', 'Hidden']]) await file(articles, name ?? '', `---\ntitle: ${title}\n---\n`);
  await file(articles, 'notes.txt', 'x');
  await file(articles, 'c.ndjson', '{"title": "C"}');
  expect((await run(folder, ['import', articles])).stdout).toBe('3 articles added\n');
  expect(rows(folder, 'select title from article order by id')).toEqual([{ title: 'B' }, { title: 'C' }, { title: 'A' }]);
});

test('a file that can’t be read fails with a one-line message', async () => {
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, 'folder.md'));
  const place = (name: string) => path.join(folder, name);
  const text = await file(folder, 'article.txt', '');
  const cases: [args: string[], line: string][] = [
    [[place('none.md')], `${place('none.md')} can't be read (ENOENT: no such file or directory, access '${place('none.md')}'). Check the path and the permissions.`],
    [[place('folder.md')], `${place('folder.md')} contains no Markdown file (.md) and no NDJSON file (.ndjson).`],
    [[text], `${text} can't be imported. Expected a Markdown file (.md) or an NDJSON file (.ndjson).`],
    [[], 'Usage: npx broadsheet import FILE... [--missing-pictures=report], where a FILE is a Markdown or NDJSON file, or a folder of such files'],
    [['--all'], `Unknown option '--all'. To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- "--all". Run “npx broadsheet help” for usage.`],
  ];
  const ends = await Promise.all(cases.map(([args]) => run(folder, ['import', ...args])));
  expect(ends).toEqual(cases.map(([, line]) => ({ code: 1, stdout: '', stderr: `${line}\n` })));
});

test('importing the same file again adds nothing, and an article in two files is imported once', async () => {
  const folder = await temporaryFolder();
  const one = await file(folder, 'one.ndjson', '{"title": "One", "theme": "World", "publishedAt": "2025-03-23"}\n{"title": "Two", "slug": "two"}\n{"title": "🦊"}\n');
  const two = await file(folder, 'two.ndjson', '{"title": "Two", "slug": "two"}\n{"title": "Three"}\n');
  expect((await run(folder, ['import', one])).stdout).toBe('3 articles added\n');
  expect((await run(folder, ['import', one])).stdout).toBe('0 articles added, 3 already imported\n');
  expect((await run(folder, ['import', one, two, two])).stdout).toBe('1 article added, 6 already imported\n');
  expect(rows(folder, 'select title from article order by id')).toEqual([{ title: 'One' }, { title: 'Two' }, { title: '🦊' }, { title: 'Three' }]);
  expect(rows(folder, 'select editor_id, action, detail from audit_log')).toEqual([{ editor_id: null, action: 'import', detail: '3' }, { editor_id: null, action: 'import', detail: '1' }]);
});

test('the same slug with different content, in the files or on the site, is a problem that names both articles', async () => {
  const folder = await temporaryFolder();
  const first = await file(folder, 'first.ndjson', '{"title": "The *first*", "slug": "river"}\n');
  const second = await file(folder, 'second.ndjson', '{"title": "The second", "slug": "river"}\n');
  expect(await run(folder, ['import', first, second])).toEqual({ code: 1, stdout: '', stderr: `${second}:1: slug: ${first}:1 also has the slug “river”, but different content. Change one of the two slugs.\nNothing was imported.\n` });
  await prepare(folder, ['import', first]);
  expect(await run(folder, ['import', second])).toEqual({ code: 1, stdout: '', stderr: `${second}:1: slug: Another article on this site has the slug “river”: “The first”. Change this slug.\nNothing was imported.\n` });
  expect(rows(folder, 'select slug, title from article')).toEqual([{ slug: 'river', title: 'The *first*' }]);
});

test('the same title at another time is another article, whose numbered slug avoids the slugs given in the files', async () => {
  const folder = await temporaryFolder();
  const article = (rest: object) => JSON.stringify({ theme: 'World', ...rest });
  const place = await file(folder, 'a.ndjson', [article({ title: 'Weather', publishedAt: '2025-03-21' }), article({ title: 'Weather', publishedAt: '2025-03-22' }), article({ title: 'Other', slug: 'weather-2' })].join('\n'));
  await prepare(folder, ['import', place]);
  expect(rows(folder, 'select slug, title from article order by id')).toEqual([{ slug: 'weather', title: 'Weather' }, { slug: 'weather-3', title: 'Weather' }, { slug: 'weather-2', title: 'Other' }]);

  const next = await file(folder, 'b.ndjson', article({ title: 'Weather', publishedAt: '2025-03-23' }));
  await prepare(folder, ['import', next]);
  expect(rows(folder, 'select slug from article order by id desc limit 1')).toEqual([{ slug: 'weather-4' }]);
});

test('an article without publishedAt is a draft, which needs no theme', async () => {
  const folder = await temporaryFolder();
  await prepare(folder, ['import', await file(folder, 'a.md', '---\ntitle: Draft\npublishedAt:\n---\nText\n')]);
  expect(rows(folder, 'select slug, published_at, public_at, theme_id from article')).toEqual([{ slug: 'draft', published_at: null, public_at: null, theme_id: null }]);
});

test('a time without offset is in the site’s zone, and a time that the zone skips or repeats is a problem', async () => {
  const folder = await temporaryFolder();
  const article = (title: string, publishedAt: string) => JSON.stringify({ title, theme: 'World', publishedAt });
  await prepare(folder, ['import', await file(folder, 'utc.ndjson', article('UTC', '2025-03-23T17:55'))]);
  await prepare(folder, ['settings', 'set', 'zone', 'Europe/Bucharest']);
  await prepare(folder, ['import', await file(folder, 'zone.ndjson', [article('Bucharest', '2025-03-23 17:55'), article('Offset', '2025-03-23T17:55:00-05:00')].join('\n'))]);
  expect(rows(folder, 'select title, public_at from article order by id')).toEqual([
    { title: 'UTC', public_at: Date.parse('2025-03-23T17:55:00Z') },
    { title: 'Bucharest', public_at: Date.parse('2025-03-23T15:55:00Z') },
    { title: 'Offset', public_at: Date.parse('2025-03-23T22:55:00Z') },
  ]);

  const place = await file(folder, 'clocks.ndjson', [article('Skipped', '2025-03-30T03:30'), article('Twice', '2025-10-26T03:30')].join('\n'));
  const { stderr } = await run(folder, ['import', place]);
  expect(stderr).toContain(`${place}:1: publishedAt: 2025-03-30T03:30 does not exist in Europe/Bucharest`);
  expect(stderr).toContain(`${place}:2: publishedAt: 2025-10-26T03:30 occurs twice in Europe/Bucharest`);
});

test('themes, topics and authors are matched without regard to case, and created if missing', async () => {
  const folder = await temporaryFolder();
  const article = (rest: object) => JSON.stringify({ publishedAt: '2025-03-23', ...rest });
  const lines = [article({ title: 'One', theme: 'World', topics: ['Rivers', 'RIVERS'], authors: ['Ada Example'] }), article({ title: 'Two', theme: 'WORLD', topics: ['rivers', 'Dams'], authors: ['ada example', 'Émile'] })];
  await prepare(folder, ['import', await file(folder, 'a.ndjson', lines.join('\n'))]);
  await prepare(folder, ['import', await file(folder, 'b.ndjson', article({ title: 'Three', theme: 'world', authors: ['ÉMILE'] }))]);
  expect(rows(folder, 'select theme.slug, count(*) as articles from article join theme on theme.id = theme_id group by theme_id')).toEqual([{ slug: 'world', articles: 3 }]);
  expect(rows(folder, 'select slug, count(*) as articles from article_topic join topic on topic.id = topic_id group by topic_id')).toEqual([{ slug: 'rivers', articles: 2 }, { slug: 'dams', articles: 1 }]);
  expect(rows(folder, 'select slug, count(*) as articles from article_author join author on author.id = author_id group by author_id')).toEqual([{ slug: 'ada-example', articles: 2 }, { slug: 'emile', articles: 2 }]);
});

test('with --missing-pictures=report, an article is imported without its missing picture, and a line on standard error says so', async () => {
  const folder = await temporaryFolder();
  const place = await file(folder, 'a.md', '---\ntitle: One\npicture: none.jpg\n---\nText\n');
  const line = `${place}:3: picture: “none.jpg” does not exist. Check the path, which begins at this file's folder.`;
  expect(await run(folder, ['import', place])).toEqual({ code: 1, stdout: '', stderr: `${line}\nNothing was imported.\n` });
  expect(await run(folder, ['import', '--missing-pictures=report', place])).toEqual({ code: 0, stdout: '1 article added\n', stderr: `${line} The article was imported without this picture.\n` });
  expect((await run(folder, ['import', '--missing-pictures=ignore', place])).stderr).toMatch(/^Usage: /);
});

test('a path may lead to another part of the folder that is given to the command', async () => {
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, 'articles/news'), { recursive: true });
  await mkdir(path.join(folder, 'articles/pictures'));
  await file(folder, 'articles/pictures/river.jpg', await drawPhotograph({ width: 200, height: 100 }));
  const place = await file(folder, 'articles/news/a.md', '---\ntitle: One\npicture: ../pictures/river.jpg\n---\n');
  expect((await run(folder, ['import', place])).stderr).toContain('is outside the imported folder');
  expect(await run(folder, ['import', path.join(folder, 'articles')])).toEqual({ code: 0, stdout: '1 article added\n', stderr: '' });
  expect(rows(folder, 'select file_name from lead_picture join picture on picture.id = picture_id')).toEqual([{ file_name: 'river.jpg' }]);
});

test('articles imported while the site runs are there at the next request, but not scheduled ones', async () => {
  const { folder, url } = await serveEmptySite();
  const status = async (slug: string) => (await fetch(`${url}/articles/${slug}`)).status;
  expect(await status('now')).toBe(404);
  await prepare(folder, ['import', await file(folder, 'a.ndjson', '{"title": "Now", "theme": "World", "publishedAt": "2025-03-23"}\n{"title": "Later", "theme": "World", "publishedAt": "2199-01-01"}\n')]);
  expect([await status('now'), await status('later')]).toEqual([200, 404]);
});

test('the import of a long file shows its progress on standard error', async () => {
  const folder = await temporaryFolder();
  const body = 'One word and *another*, over and over. '.repeat(150);
  const place = await file(folder, 'long.ndjson', Array.from({ length: 600 }, (_, n) => JSON.stringify({ title: `Long ${n}`, body })).join('\n'));
  const { code, stdout, stderr } = await run(folder, ['import', place]);
  expect([code, stdout]).toEqual([0, '600 articles added\n']);
  expect(stderr).toMatch(/^(?:\d+ % (?:checked|imported)\n)+$/);
  expect(await readdir(folder)).toEqual(['broadsheet.db', 'long.ndjson']);
});
