import { XMLParser, XMLValidator } from 'fast-xml-parser';
import request from 'supertest';
import { expect, test } from 'vitest';
import { changeSlug } from '../../../src/storage/named/slugs.ts';
import { seedArticle } from '../../support/seed.ts';
import { addArticle, emptySite, now, sampleSite } from '../../support/test-site.ts';

const hostile = { title: 'A ]]> & <b> "q" \' ]]> &amp; é', standfirst: 'S < & ]]>', topics: ['T < & "t"'], authors: ['Ada & Co <x>'], theme: 'W & "w" <w>' };

function parse(xml: string) {
  expect(XMLValidator.validate(xml)).toBe(true);
  return new XMLParser({ ignoreAttributes: false, isArray: (name) => ['item', 'entry', 'category', 'dc:creator', 'link'].includes(name), htmlEntities: true }).parse(xml);
}

test('RSS has the full content, absolute URLs, ids that are not URLs, and authors', async () => {
  const site = await emptySite();
  const { slug } = await addArticle(site, { ...hostile, body: '[here](/about) and [there](#x) and [out](https://other.example/a?b&c)\n\n![p](/pictures/a.png)' });
  const { text, headers } = await request(site.app).get('/rss.xml');

  expect(headers['content-type']).toBe('application/rss+xml; charset=utf-8');
  const { channel } = parse(text).rss;
  expect(channel['atom:link']['@_href']).toBe('https://news.example/rss.xml');
  const [item] = channel.item;
  expect(item.title).toBe(hostile.title);
  expect(item.link).toEqual([`https://news.example/articles/${slug}`]);
  expect(item.guid['#text']).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
  expect(item.guid['@_isPermaLink']).toBe('false');
  expect(item['dc:creator']).toEqual(hostile.authors);
  expect(item.author).toBeUndefined();
  expect(item.category).toEqual([hostile.theme, ...hostile.topics]);
  expect(item.pubDate).toBe('Sun, 23 Mar 2025 15:55:14 GMT');
  expect(item.description).toBe('S &lt; &amp; ]]&gt;');
  const content = item['content:encoded'];
  for (const address of ['"https://news.example/about"', `"https://news.example/articles/${slug}#x"`, '"https://other.example/a?b&amp;c"', '"https://news.example/pictures/a.png"']) expect(content).toContain(address);
  expect(content).not.toMatch(/(?:href|src)="(?!https:)/);
});

test('Atom has its required elements and the language of each entry', async () => {
  const site = await emptySite();
  await addArticle(site, { ...hostile, language: 'ar', updatedAt: now - 60_000 });
  const { text, headers } = await request(site.app).get('/atom.xml');

  expect(headers['content-type']).toBe('application/atom+xml; charset=utf-8');
  const { feed } = parse(text);
  expect([feed.id, feed.title, feed.updated, feed.author.name]).toEqual(['https://news.example/atom.xml', 'Broadsheet', '2025-03-23T16:54:14+00:00', 'Broadsheet']);
  const [entry] = feed.entry;
  expect(entry).toMatchObject({ 'title': hostile.title, 'summary': hostile.standfirst, 'published': '2025-03-23T15:55:14+00:00', 'updated': '2025-03-23T16:54:14+00:00', '@_xml:lang': 'ar', 'author': { name: hostile.authors[0] } });
  expect(entry.category.map((category: Record<string, string>) => category['@_term'])).toEqual([hostile.theme, ...hostile.topics]);
});

test('JSON Feed is version 1.1, with authors and with dates that have offsets', async () => {
  const { app } = await sampleSite();
  const { body, headers } = await request(app).get('/feed.json').buffer(true).parse((response, done) => {
    let data = '';
    response.on('data', (chunk) => (data += chunk)).on('end', () => done(null, JSON.parse(data)));
  });
  expect(headers['content-type']).toBe('application/feed+json; charset=utf-8');
  expect(body).toMatchObject({ version: 'https://jsonfeed.org/version/1.1', title: 'Broadsheet', feed_url: 'https://news.example/feed.json', home_page_url: 'https://news.example/', language: 'en-GB' });
  expect(body.items[0]).toMatchObject({ title: seedArticle.title, url: `https://news.example${seedArticle.path}`, date_published: seedArticle.publishedAt, tags: ['World', 'Syria', 'Civil defence', 'White Helmets'] });
  expect(body.items[1].authors).toEqual([{ name: 'Broadsheet desk', url: 'https://news.example/authors/broadsheet-desk' }]);
  expect(body.items).toHaveLength(30);
});

test('an article keeps its id when its slug changes', async () => {
  const site = await emptySite();
  const { id } = await addArticle(site, { slug: 'a' });
  const idInFeed = async () => parse((await request(site.app).get('/rss.xml')).text).rss.channel.item[0].guid['#text'];
  const before = await idInFeed();
  await changeSlug(site.context.db, 'article', id, 'b', now);
  expect(await idInFeed()).toBe(before);
});

test('each theme and author has three feeds, linked from its page', async () => {
  const { app } = await sampleSite();
  for (const base of ['/themes/craft', '/authors/broadsheet-desk']) {
    const { text: html } = await request(app).get(base);
    for (const [file, type] of [['rss.xml', 'application/rss+xml'], ['atom.xml', 'application/atom+xml'], ['feed.json', 'application/feed+json']]) {
      expect(html).toContain(`<link rel="alternate" href="${base}/${file}" type="${type}"`);
      const { status, headers, text } = await request(app).get(`${base}/${file}`).buffer(true);
      expect([status, headers['content-type']]).toEqual([200, `${type}; charset=utf-8`]);
      if (type?.endsWith('xml')) parse(text);
    }
  }
  expect((await request(app).get('/themes/none/rss.xml')).status).toBe(404);
});

test('the feeds of a new site are valid, though empty', async () => {
  const { app } = await emptySite();
  expect(parse((await request(app).get('/rss.xml')).text).rss.channel.title).toBe('Broadsheet');
  expect(parse((await request(app).get('/atom.xml')).text).feed.updated).toMatch(/^2025-03-23T/);
});
