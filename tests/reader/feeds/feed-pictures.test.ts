import { XMLParser, XMLValidator } from 'fast-xml-parser';
import request from 'supertest';
import { expect, test } from 'vitest';
import { withdrawArticle } from '../../../src/storage/articles/article-states.ts';
import { findPicture } from '../../../src/storage/pictures/pictures.ts';
import { changePicture } from '../../../src/storage/pictures/save-picture.ts';
import { makeEditor } from '../../support/admin.ts';
import { element, elements, inner } from '../../support/html.ts';
import { storePicture } from '../../support/pictures.ts';
import { addArticle, emptySite, now, type TestSite } from '../../support/test-site.ts';

const texts = { alt: 'Two "boats" & a <buoy>', caption: 'The *harbour* & its "boats", [more](/about)', credit: 'Ada & Co <x> "y"' };

async function readXml({ app }: Pick<TestSite, 'app'>, path: string) {
  const { text } = await request(app).get(path);
  expect(XMLValidator.validate(text)).toBe(true);
  return new XMLParser({ ignoreAttributes: false, isArray: (name) => ['item', 'entry', 'link', 'enclosure', 'media:content'].includes(name), htmlEntities: true, processEntities: { enabled: true, maxTotalExpansions: 100_000 } }).parse(text);
}

async function readJson({ app }: Pick<TestSite, 'app'>, path = '/feed.json') {
  return JSON.parse((await request(app).get(path).buffer(true).parse((response, done) => {
    let data = '';
    response.on('data', (chunk) => (data += chunk)).on('end', () => done(null, data));
  })).body);
}

async function rssItem(site: TestSite, path = '/rss.xml') {
  return (await readXml(site, path)).rss.channel.item[0];
}

async function content(site: TestSite): Promise<string> {
  return (await rssItem(site))['content:encoded'];
}

async function addressOf({ context }: TestSite, id: number, file: string): Promise<string> {
  const picture = await findPicture(context.db.reader, id);
  return `https://news.example/pictures/${id}-${picture?.hash.slice(0, 12)}/${file}`;
}

test('RSS has the lead picture as Media RSS with its true size, and as an enclosure whose length is unknown', async () => {
  const site = await emptySite();
  const picture = await storePicture(site, texts);
  await addArticle(site, { picture, authors: ['Ada Example'] });
  const url = await addressOf(site, picture, '1280.jpg');
  for (const path of ['/rss.xml', '/themes/world/rss.xml', '/authors/ada-example/rss.xml']) {
    const { rss } = await readXml(site, path);
    expect(rss['@_xmlns:media']).toBe('http://search.yahoo.com/mrss/');
    const [item] = rss.channel.item;
    expect(item.enclosure, path).toEqual([{ '@_url': url, '@_length': '0', '@_type': 'image/jpeg' }]);
    expect(item['media:content'], path).toEqual([{ '@_url': url, '@_type': 'image/jpeg', '@_medium': 'image', '@_width': '1280', '@_height': '854', 'media:description': { '#text': 'The harbour & its "boats", more', '@_type': 'plain' }, 'media:credit': texts.credit }]);
  }
});

test('Atom has the lead picture as an enclosure link and as Media RSS', async () => {
  const site = await emptySite();
  const picture = await storePicture(site, texts);
  await addArticle(site, { picture });
  const { feed } = await readXml(site, '/atom.xml');
  const [entry] = feed.entry;
  const url = await addressOf(site, picture, '1280.jpg');
  expect(entry.link.filter((link: Record<string, string>) => link['@_rel'] === 'enclosure')).toEqual([{ '@_rel': 'enclosure', '@_type': 'image/jpeg', '@_href': url }]);
  expect(entry['media:content']).toMatchObject([{ '@_url': url, '@_width': '1280', '@_height': '854', 'media:credit': texts.credit }]);
  expect(feed['@_xmlns:media']).toBe('http://search.yahoo.com/mrss/');
});

test('JSON Feed has the lead picture as the image of the item, at most 1280 pixels wide', async () => {
  const site = await emptySite();
  const picture = await storePicture(site, { width: 2400, height: 1600 });
  await addArticle(site, { picture, authors: ['Ada Example'] });
  const url = await addressOf(site, picture, '1280.jpg');
  for (const path of ['/feed.json', '/themes/world/feed.json', '/authors/ada-example/feed.json']) {
    const [item] = (await readJson(site, path)).items;
    expect(item.image, path).toBe(url);
    expect(item.content_html).toContain(`<img src="${url}" width="1280" height="853"`);
  }
});

test('the content begins with the lead picture, and has the body’s pictures in their places, all with absolute addresses and true sizes', async () => {
  const site = await emptySite();
  const [lead, tall] = [await storePicture(site, texts), await storePicture(site, { width: 900, height: 1350 })];
  await addArticle(site, { picture: lead, standfirst: 'Standfirst', body: `Before\n\n![](picture:${tall} "Own *caption* & \\"quotes\\"")\n\nIn ![A "line"](picture:${tall}) a line` });
  const html = await content(site);
  const figures = [...html.matchAll(/<figure>(.*?)<\/figure>/g)].map(([, figure]) => figure);
  const [leadUrl, tallUrl] = [await addressOf(site, lead, '1280.jpg'), await addressOf(site, tall, '640.jpg')];
  expect(figures).toEqual([
    `<img src="${leadUrl}" width="1280" height="854" alt="Two &quot;boats&quot; &amp; a &lt;buoy&gt;"><figcaption>The <em>harbour</em> &amp; its "boats", <a href="https://news.example/about">more</a> <small>Ada &amp; Co &lt;x&gt; &quot;y&quot;</small></figcaption>`,
    `<img src="${tallUrl}" width="640" height="960" alt="A valley at dusk"><figcaption>Own <em>caption</em> &amp; "quotes"</figcaption>`,
  ]);
  expect(html.startsWith('<figure>')).toBe(true);
  expect(html).toContain(`<p>In <img src="${tallUrl}" width="640" height="960" alt="A &quot;line&quot;"> a line</p>`);
  const places = ['<figure>', '<strong>Standfirst', '<p>Before', 'Own <em>', '<p>In '].map((part) => html.indexOf(part));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(html).not.toContain('picture:');
  expect(html).not.toMatch(/(?:href|src)="(?!https:)/);
});

test('a linked picture in a body keeps its link, caption and credit', async () => {
  const site = await emptySite();
  const picture = await storePicture(site, { ...texts, width: 320, height: 240 });
  await addArticle(site, { body: `[![](picture:${picture})](/about)` });
  const figure = element(await content(site), 'figure');
  expect(inner(figure)).toMatch(/^<a href="https:\/\/news\.example\/about"><img [^]+"><\/a><figcaption>The <em>harbour/);
});

test('an article’s own alternative text and caption replace the picture’s in feeds, in any script', async () => {
  const site = await emptySite();
  const picture = await storePicture(site, texts);
  await addArticle(site, { picture, pictureAlt: 'زورقان', pictureCaption: 'المرفأ «القديم»', language: 'ar' });
  const html = await content(site);
  expect(element(html, 'img').attribs['alt']).toBe('زورقان');
  expect(inner(element(html, 'figcaption'))).toBe('المرفأ «القديم» <small>Ada &amp; Co &lt;x&gt; "y"</small>');
  const [entry] = (await readXml(site, '/atom.xml')).feed.entry;
  expect([entry['@_xml:lang'], entry['media:content'][0]['media:description']['#text']]).toEqual(['ar', 'المرفأ «القديم»']);
});

test('a decoration has an empty alternative text and no description, and a picture without texts has no caption', async () => {
  const site = await emptySite();
  await addArticle(site, { picture: await storePicture(site, { alt: '', isDecoration: true }) });
  const item = await rssItem(site);
  expect(Object.keys(item['media:content'][0]).filter((name) => name.startsWith('media:'))).toEqual([]);
  expect(element(item['content:encoded'], 'img').attribs['alt']).toBe('');
  expect(elements(item['content:encoded'], 'figcaption')).toEqual([]);
});

test('a transparent picture is PNG, and a small one keeps its size', async () => {
  const site = await emptySite();
  const picture = await storePicture(site, { isTransparent: true, width: 300, height: 200 });
  await addArticle(site, { picture });
  const url = await addressOf(site, picture, '300.png');
  const item = await rssItem(site);
  expect(item.enclosure[0]).toEqual({ '@_url': url, '@_length': '0', '@_type': 'image/png' });
  expect(item['media:content'][0]).toMatchObject({ '@_url': url, '@_type': 'image/png', '@_width': '300', '@_height': '200' });
});

test('items without a lead picture have no picture elements', async () => {
  const site = await emptySite();
  await addArticle(site, { body: `![](picture:${await storePicture(site)})` });
  const item = await rssItem(site);
  expect(Object.keys(item).filter((name) => /enclosure|media/.test(name))).toEqual([]);
  expect((await readXml(site, '/atom.xml')).feed.entry[0].link).toHaveLength(1);
  expect((await readJson(site)).items[0]).not.toHaveProperty('image');
});

test('a picture that does not exist leaves its alternative text', async () => {
  const site = await emptySite();
  await addArticle(site, { body: '![The "old" <map>](picture:99)' });
  expect(await content(site)).toBe('The &quot;old&quot; &lt;map&gt;');
});

test('cached feeds follow changes of the lead picture and of pictures in bodies', async () => {
  const site = await emptySite();
  const { context } = site;
  const [lead, inBody] = [await storePicture(site), await storePicture(site)];
  await addArticle(site, { picture: lead, body: `![](picture:${inBody})`, authors: ['Ada Example'] });
  const { id: editorId } = await makeEditor(site, { role: 'editor' });
  const paths = ['/rss.xml', '/atom.xml', '/feed.json', '/themes/world/rss.xml', '/authors/ada-example/atom.xml'];
  const texts = async () => Promise.all(paths.map(async (path) => (await request(site.app).get(path).buffer(true)).text ?? ''));
  for (const text of await texts()) expect(text).not.toMatch(/New lead|New inner/);
  const details = { isDecoration: false, caption: '', credit: '', focus: { x: 50, y: 50 } };
  await changePicture(context.db, lead, 1, { ...details, alt: 'New lead' }, editorId, now);
  for (const text of await texts()) expect(text).toContain('New lead');
  await changePicture(context.db, inBody, 1, { ...details, alt: 'New inner' }, editorId, now);
  for (const text of await texts()) expect(text).toContain('New inner');
});

test('the pictures of withdrawn and scheduled articles are in no feed', async () => {
  const site = await emptySite();
  const picture = await storePicture(site);
  const { id } = await addArticle(site, { picture });
  await addArticle(site, { picture, publishedAt: now + 60_000 });
  await withdrawArticle(site.context.db, id, '', now);
  for (const path of ['/rss.xml', '/atom.xml', '/feed.json', '/themes/world/rss.xml']) expect((await request(site.app).get(path).buffer(true)).text, path).not.toContain('/pictures/');
});
