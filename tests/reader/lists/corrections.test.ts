import request from 'supertest';
import { expect, test } from 'vitest';
import { reinstateArticle, withdrawArticle } from '../../../src/storage/articles/article-states.ts';
import { saveStaticPage } from '../../../src/storage/pages/edit-static-pages.ts';
import { makeEditor } from '../../support/admin.ts';
import { correct } from '../../support/corrections.ts';
import { element, elements, text, within } from '../../support/html.ts';
import { addArticle, emptySite, type TestSite } from '../../support/test-site.ts';

async function read({ app }: TestSite, path = '/corrections'): Promise<string> {
  return (await request(app).get(path).expect(200).buffer(true).parse((response, done) => {
    let data = '';
    response.on('data', (chunk) => (data += chunk)).on('end', () => done(null, data));
  })).body;
}

function rows(html: string): string[] {
  return elements(html, 'li', { class: 'teaser' }).map(text);
}

function robots(html: string): string | undefined {
  return element(html, 'meta', { name: 'robots' }).attribs['content'];
}

function footer(html: string): string[] {
  return within(element(html, 'nav', { class: 'site-pages' }), 'a').map((link) => `${text(link)} ${link.attribs['href']}`);
}

test('the page lists all corrections, newest first, with cursors, and each leads to its article', async () => {
  const site = await emptySite();
  const [storm, vote] = [await addArticle(site, { title: 'A *great* storm' }), await addArticle(site, { title: 'Vote', language: 'ar' })];
  for (let count = 1; count <= 21; count += 1) {
    site.time.now += 60_000;
    await correct(site, count === 21 ? vote : storm, `Number ${count}`);
  }
  const first = await read(site);
  expect(rows(first)).toHaveLength(20);
  expect(rows(first).slice(0, 2)).toEqual(['23 March 2025, 17:16 Vote Number 21', '23 March 2025, 17:15 A great storm Number 20']);
  expect(within(element(first, 'ol', { class: 'teasers' }), 'a').slice(0, 2).map(({ attribs }) => attribs['href'])).toEqual(['/articles/vote#corrections', '/articles/a-great-storm#corrections']);
  const next = element(first, 'a', { rel: 'next' }).attribs['href'] ?? '';
  expect(next).toBe('/corrections?before=2');
  expect(rows(await read(site, next))).toEqual(['23 March 2025, 16:56 A great storm Number 1']);
  for (const before of ['1', '02', 'x', '99999999999']) expect((await request(site.app).get(`/corrections?before=${before}`)).status, before).toBe(404);
});

test('without corrections, the page says so and is neither indexed nor linked', async () => {
  const site = await emptySite();
  const html = await read(site);
  expect([robots(html), text(element(html, 'p', { class: 'notice' }))]).toEqual(['noindex', 'There are no corrections. You can find the latest articles on the front page.']);
  expect(footer(html)).toEqual(['Archive /archive', 'Search /search']);
  expect(await read(site, '/sitemaps/pages.xml')).not.toContain('/corrections');
});

test('the corrections of a withdrawn article disappear everywhere, and come back when the article is reinstated', async () => {
  const site = await emptySite();
  const { id } = await addArticle(site, { title: 'Storm' });
  await correct(site, { id }, 'Two.');
  const seen = async () => {
    const html = await read(site);
    return [rows(html).length, robots(html) === 'noindex', footer(await read(site, '/')).includes('All corrections /corrections'), (await read(site, '/sitemaps/pages.xml')).includes('/corrections'), (await read(site, '/corrections/rss.xml')).includes('Two.')];
  };
  expect(await seen()).toEqual([1, false, true, true, true]);
  await withdrawArticle(site.context.db, id, 'Wrong.', site.time.now);
  expect(await seen()).toEqual([0, true, false, false, false]);
  await reinstateArticle(site.context.db, id, site.time.now, await makeEditor(site, { role: 'editor' }));
  expect(await seen()).toEqual([1, false, true, true, true]);
});

test('the page has feeds in three formats, whose ids stay the same', async () => {
  const site = await emptySite();
  const article = await addArticle(site, { title: 'A *great* storm', theme: 'Weather', language: 'ar' });
  await correct(site, article, 'Two & <three>.\nNot four.');
  const links = elements(await read(site), 'link', { rel: 'alternate' }).map(({ attribs }) => `${attribs['title']} ${attribs['href']}`);
  expect(links.slice(0, 3)).toEqual(['Corrections (RSS) /corrections/rss.xml', 'Corrections (Atom) /corrections/atom.xml', 'Corrections (JSON Feed) /corrections/feed.json']);

  const { items, ...feed } = JSON.parse(await read(site, '/corrections/feed.json'));
  expect(feed).toMatchObject({ title: 'Corrections · Broadsheet', home_page_url: 'https://news.example/corrections', feed_url: 'https://news.example/corrections/feed.json' });
  expect(items).toEqual([{ id: expect.stringMatching(/^urn:uuid:/), url: 'https://news.example/articles/a-great-storm#corrections', title: 'Correction: A great storm', content_html: '<p>Two &amp; &lt;three&gt;.<br>Not four.</p>', summary: 'Two & <three>.\nNot four.', date_published: '2025-03-23T16:55:14+00:00', date_modified: '2025-03-23T16:55:14+00:00', tags: ['Weather'], language: 'ar' }]);
  for (const file of ['rss.xml', 'atom.xml']) expect(await read(site, `/corrections/${file}`)).toContain(items[0].id);
  const feedId = (xml: string) => /<id>(urn:uuid:[^<]+)/.exec(xml)?.[1];
  expect(feedId(await read(site, '/corrections/atom.xml'))).not.toBe(feedId(await read(site, '/atom.xml')));
});

test('a static page with the path of the list is its title and introduction, and is linked once', async () => {
  const site = await emptySite();
  await saveStaticPage(site.context.db, { path: 'corrections', title: 'How we correct', body: '', bodyHtml: '<p>Write to us.</p>', markupVersion: 1 }, site.time.now);
  const empty = await read(site);
  expect([text(element(empty, 'h1')), text(element(empty, 'div', { class: 'body' })), robots(empty)]).toEqual(['How we correct', 'Write to us.', 'max-image-preview:large']);

  const article = await addArticle(site);
  for (let count = 1; count <= 21; count += 1) await correct(site, article, `Number ${count}`);
  const html = await read(site);
  expect([text(element(html, 'h1')), text(element(html, 'div', { class: 'body' })), rows(html).length]).toEqual(['How we correct', 'Write to us.', 20]);
  expect(element(html, 'meta', { name: 'description' }).attribs['content']).toBe('Write to us.');
  expect(footer(html)).toEqual(['How we correct /corrections', 'Archive /archive', 'Search /search']);
  expect((await read(site, '/sitemaps/pages.xml')).match(/\/corrections</g)).toHaveLength(1);
  const second = await read(site, '/corrections?before=2');
  expect([text(element(second, 'h1')), elements(second, 'div', { class: 'body' })]).toEqual(['How we correct continued', []]);
});
