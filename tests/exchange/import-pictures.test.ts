import { mkdir, readdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { importFiles } from '../../src/exchange/import-files.ts';
import { inTransaction } from '../../src/storage/database/database.ts';
import { deletePicture } from '../../src/storage/pictures/save-picture.ts';
import { drawPhotograph } from '../support/photograph.ts';
import { file } from '../support/program.ts';
import { emptySite, stored, temporaryFolder, type TestSite } from '../support/test-site.ts';

let [river, town]: Buffer[] = [];

beforeAll(async () => {
  [river, town] = [await drawPhotograph({ width: 400, height: 300, seed: 1 }), await drawPhotograph({ width: 300, height: 400, seed: 2 })];
});

/** A folder with the pictures river.jpg and pics/the town.jpg. */
async function picturesFolder(): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, 'pics'));
  await file(folder, 'river.jpg', river ?? '');
  await file(folder, 'pics/the town.jpg', town ?? '');
  return folder;
}

const markdown = (frontMatter: string, body = '', title = 'One') => `---\ntitle: ${title}\n${frontMatter}---\n${body}`;

async function storedPictures(site: TestSite): Promise<Record<string, unknown>[]> {
  return stored(site, 'select id, file_name, width, alt, caption, credit, is_decoration from picture order by file_name');
}

async function refusal(site: TestSite, files: string[], folders: string[] = []): Promise<string> {
  const message = await importFiles(site.context, files, { folders }).then(() => 'imported', (error: Error) => error.message);
  for (const table of ['article', 'picture', 'change', 'audit_log']) expect(await stored(site, `select * from ${table}`)).toEqual([]);
  return message;
}

test('the lead picture and the pictures in the text come from beside the Markdown file, and their texts go to the article and the library', async () => {
  const [site, folder] = [await emptySite(), await picturesFolder()];
  const place = await file(folder, 'a.md', markdown('theme: World\npublishedAt: 2025-03-01\npicture: river.jpg\npictureAlt: The river\npictureCaption: At *dawn*\npictureCredit: Ana Example\n', 'Text ![no](https://other.example/a.jpg) ![abs](/b.jpg)\n\n![A town](pics/the%20town.jpg "From above")\n\n    ![code](c.jpg)\n\n![](<pics/the town.jpg>)\n'));
  expect(await importFiles(site.context, [place])).toEqual({ added: 1, known: 0, plain: [], report: [expect.stringContaining('“/b.jpg” is not a picture that this site serves')] });
  const pictures = await storedPictures(site);
  expect(pictures).toEqual([
    { id: 1, file_name: 'river.jpg', width: 400, alt: 'The river', caption: 'At *dawn*', credit: 'Ana Example', is_decoration: 0 },
    { id: 2, file_name: 'the town.jpg', width: 300, alt: 'A town', caption: 'From above', credit: '', is_decoration: 0 },
  ]);
  const [article] = await stored(site, 'select picture_id, alt, caption, body, body_html from article join lead_picture on article_id = article.id');
  expect(article).toMatchObject({ picture_id: 1, alt: 'The river', caption: 'At *dawn*', body: 'Text ![no](https://other.example/a.jpg) ![abs](/b.jpg)\n\n![A town](picture:2 "From above")\n\n    ![code](c.jpg)\n\n![](picture:2)\n' });
  expect(article?.['body_html']).toContain('<figure><img src="picture:2" alt="A town"><figcaption>From above</figcaption></figure>');
  expect(await stored(site, "select picture_id from picture_use where kind = 'article' order by 1")).toEqual([{ picture_id: 1 }, { picture_id: 2 }]);
});

test('lines of NDJSON have the same keys, and one picture in many articles and files is stored once', async () => {
  const [site, folder] = [await emptySite(), await picturesFolder()];
  await file(folder, 'pics/copy.jpg', river ?? '');
  const lines = Array.from({ length: 250 }, (_, n) => JSON.stringify({ title: `Article ${n}`, picture: n % 2 === 0 ? 'river.jpg' : './pics/copy.jpg', ...(n === 200 ? { pictureCredit: 'Ana', pictureAlt: 'Late' } : {}), body: `<img alt="R" src="river.jpg"> ${n}` }));
  expect(await importFiles(site.context, [await file(folder, 'a.ndjson', lines.join('\n'))], { threads: 2 })).toMatchObject({ added: 250, report: [] });
  const pictures = await stored(site, 'select id, alt, credit from picture');
  expect(pictures).toEqual([{ id: 1, alt: 'R', credit: 'Ana' }]);
  expect(await stored(site, 'select picture_id, count(*) as articles from lead_picture group by picture_id')).toEqual([{ picture_id: 1, articles: 250 }]);
  expect(await stored(site, "select body from article where body like '<img alt=\"R\" src=\"picture:1\"> %'")).toHaveLength(250);
});

test('importing again changes nothing, even if the pictures are no longer there', async () => {
  const [site, folder] = [await emptySite(), await picturesFolder()];
  const place = await file(folder, 'a.md', markdown('picture: river.jpg\n', '![x](pics/the town.jpg)\n'));
  await importFiles(site.context, [place]);
  const before = [await storedPictures(site), await stored(site, 'select * from article'), await stored(site, 'select * from audit_log')];
  await rm(path.join(folder, 'pics'), { recursive: true });
  expect(await importFiles(site.context, [place])).toEqual({ added: 0, known: 1, plain: [], report: [] });
  expect([await storedPictures(site), await stored(site, 'select * from article'), await stored(site, 'select * from audit_log')]).toEqual(before);
});

test('an article without pictures has the import key that earlier versions gave it', async () => {
  const site = await emptySite();
  await importFiles(site.context, [await file(await temporaryFolder(), 'a.ndjson', '{"title": "One", "body": "Text ![x](/a.jpg)"}')]);
  expect(await stored(site, 'select import_key from article')).toEqual([{ import_key: 'zZVVVOU0kMF1vkpiukb_lg6I8FiYkBxvOi3EHucTCro' }]);
});

test('every missing, damaged or unusable picture is reported with its file and line, and nothing is imported', async () => {
  const [site, folder] = [await emptySite(), await picturesFolder()];
  await file(folder, 'broken.jpg', (river ?? Buffer.of()).subarray(0, 3000));
  await file(folder, 'drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  const good = await file(folder, 'good.md', markdown('picture: river.jpg\n'));
  const bad = await file(folder, 'bad.md', markdown('picture: none.jpg\nsummary: x\n', 'Text\n\n![a](broken.jpg)\n![b](drawing.svg) ![c](pics)\n', 'Bad'));
  const lines = await file(folder, 'lines.ndjson', '{"title": "Two"}\n{"title": "Three", "picture": "https://x.example/a.jpg", "body": "\\n\\n![d](x%2Fnone.jpg)"}\n{"title": "Four", "picture": 7, "pictureCredit": "Ana"}\n');
  expect((await refusal(site, [good, bad, lines])).split('\n')).toEqual([
    `${lines}:3: picture: Expected text in quotes.`,
    `${lines}:3: pictureCredit: There is no picture. Add the key “picture”, or remove this one.`,
    `${bad}:3: picture: “none.jpg” does not exist. Check the path, which begins at this file's folder.`,
    expect.stringMatching(`^${RegExp.escape(bad)}:8: body: “broken.jpg” can't be used\\. The file is damaged`),
    expect.stringMatching(`^${RegExp.escape(bad)}:9: body: “drawing.svg” can't be used\\. This file is not a picture in an accepted format\\. Use a JPEG`),
    `${bad}:9: body: “pics” is not a file.`,
    `${lines}:2: picture: “https://x.example/a.jpg” is not the path of a file beside this one. Save the picture there, and give its path from this file's folder.`,
    `${lines}:2: body: “x%2Fnone.jpg” does not exist. Check the path, which begins at this file's folder.`,
    'Nothing was imported.',
  ]);
});

test('with missing pictures reported, articles come without them, and each has a line in the report', async () => {
  const [site, folder] = [await emptySite(), await picturesFolder()];
  const place = await file(folder, 'a.md', markdown('picture: none.jpg\n', 'One ![a](none.jpg "T") two\n\n![b](river.jpg)\n\n![c][r]\n\n[r]: gone.jpg\n'));
  const { added, report } = await importFiles(site.context, [place], { areMissingPicturesReported: true });
  expect(added).toBe(1);
  expect(report).toEqual([['3', 'picture', 'none.jpg'], ['5', 'body', 'none.jpg'], ['11', 'body', 'gone.jpg']].map(([line, field, name]) => `${place}:${line}: ${field}: “${name}” does not exist. Check the path, which begins at this file's folder. The article was imported without this picture.`));
  expect(await stored(site, 'select picture_id, body from article left join lead_picture on article_id = article.id')).toEqual([{ picture_id: null, body: 'One  two\n\n![b](picture:1)\n\n\n\n\n' }]);
});

test('a picture with an absolute path that the site does not serve is reported once, and the article is imported', async () => {
  const [site, folder] = [await emptySite(), await temporaryFolder()];
  const place = await file(folder, 'a.md', markdown('', 'One\n\n![b](/uploads/x.jpg)\n\n<img src="/wp/y.jpg"> ![own](/pictures/1-a/320.jpg) ![icon](/icons/icon.svg) ![asset](/assets/a.svg) ![link](//other.example/a.jpg) `![code](/z.jpg)`\n'));
  const line = (number: number, written: string) => `${place}:${number}: body: “${written}” is not a picture that this site serves, so readers don't see it. Save the picture beside this file, and give its path from this file's folder.`;
  expect(await importFiles(site.context, [place])).toMatchObject({ added: 1, report: [line(6, '/uploads/x.jpg'), line(8, '/wp/y.jpg')] });
  expect((await importFiles(site.context, [place])).report).toEqual([]);
});

test('paths lead anywhere in the imported folder, but not out of it, neither by “..” nor by a symbolic link', async () => {
  const [site, folder] = [await emptySite(), await picturesFolder()];
  await file(folder, 'secret.jpg', town ?? '');
  const articles = path.join(folder, 'articles');
  await mkdir(path.join(articles, 'deep'), { recursive: true });
  await file(articles, 'top.jpg', river ?? '');
  await symlink(path.join(folder, 'secret.jpg'), path.join(articles, 'link.jpg'));
  await symlink(path.join(folder, 'pics'), path.join(articles, 'folder'));
  const outside = (name: string, written: string, imported = articles) => `${path.join(articles, name)}:3: picture: “${written}” is outside the imported folder ${imported}. Import a folder that contains both.`;
  const cases: [name: string, written: string][] = [['a.md', '../secret.jpg'], ['deep/b.md', '..%2f../secret.jpg'], ['c.md', 'link.jpg'], ['d.md', 'folder/the town.jpg'], ['e.md', '../none.jpg']];
  const files = await Promise.all(cases.map(([name, written]) => file(articles, name, markdown(`picture: ${written}\n`, '', name))));
  expect(await refusal(site, files, [articles])).toBe([...cases.map(([name, written]) => outside(name, written)), 'Nothing was imported.'].join('\n'));

  const deep = await file(articles, 'deep/f.md', markdown('picture: ../top.jpg\n'));
  expect(await refusal(site, [deep])).toContain(outside('deep/f.md', '../top.jpg', path.join(articles, 'deep')));
  expect(await importFiles(site.context, [deep], { folders: [articles] })).toMatchObject({ added: 1 });
});

test('file names are found with URL encoding, with a query, with a percent sign, and in either form of Unicode', async () => {
  const [site, folder] = [await emptySite(), await temporaryFolder()];
  for (const [index, name] of ['a b.jpg', '50%.jpg', 'x%20y.jpg', 'cafe\u0301.jpg', 'q#1.jpg'].entries()) await file(folder, name, await sharp({ create: { width: 10 + index, height: 9, channels: 3, background: '#abc' } }).jpeg().toBuffer());
  const written = ['a%20b.jpg', '50%.jpg', 'x%20y.jpg', 'caf%C3%A9.jpg', 'caf\u00e9.jpg', 'q#1.jpg', 'a%20b.jpg?w=300#x'];
  const { report } = await importFiles(site.context, [await file(folder, 'a.md', markdown('', written.map((name) => `![](${name})`).join('\n')))]);
  expect(report).toEqual([]);
  const widths = new Map((await storedPictures(site)).map(({ id, width }) => [`picture:${String(id)}`, Number(width)]));
  const [{ body } = {}] = await stored(site, 'select body from article');
  expect([...String(body).matchAll(/picture:\d+/g)].map(([address]) => widths.get(address))).toEqual([10, 11, 12, 13, 13, 14, 10]);
});

test('neither an import nor a refused one leaves temporary files', async () => {
  const [site, folder, temporary] = [await emptySite(), await picturesFolder(), await temporaryFolder()];
  vi.stubEnv('TMPDIR', temporary);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const [good, bad] = [await file(folder, 'a.md', markdown('picture: river.jpg\n')), await file(folder, 'b.md', markdown('picture: none.jpg\n', '', 'Two'))];
  expect(await refusal(site, [good, bad])).toContain('none.jpg');
  expect(await importFiles(site.context, [good])).toMatchObject({ added: 1 });
  expect(await readdir(temporary)).toEqual([]);
});

test('a credit that differs from the one in the library is reported', async () => {
  const [site, folder] = [await emptySite(), await picturesFolder()];
  await importFiles(site.context, [await file(folder, 'a.md', markdown('picture: river.jpg\npictureCredit: Ana\n'))]);
  const second = await file(folder, 'b.md', markdown('picture: river.jpg\npictureCredit: Bob\n', '', 'Two'));
  expect((await importFiles(site.context, [second])).report).toEqual([`${second}:3: pictureCredit: The picture keeps its credit in the library, “Ana”. Change it there if necessary.`]);
});

test('the id of a deleted picture is not given to an imported one', async () => {
  const [site, folder] = [await emptySite(), await picturesFolder()];
  const { context } = site;
  await importFiles(context, [await file(folder, 'a.md', markdown('picture: river.jpg\n'))]);
  await inTransaction(context.db, (transaction) => transaction.deleteFrom('picture_use').execute());
  await inTransaction(context.db, (transaction) => transaction.deleteFrom('lead_picture').execute());
  expect(await deletePicture(context.db, 1, null, 1)).toBe(true);
  await importFiles(context, [await file(folder, 'b.md', markdown('picture: river.jpg\n', '', 'Two'))]);
  expect((await storedPictures(site)).map(({ id }) => id)).toEqual([2]);
});
