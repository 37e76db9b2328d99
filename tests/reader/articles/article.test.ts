import request from 'supertest';
import { expect, test } from 'vitest';
import { withdrawArticle } from '../../../src/storage/articles/article-states.ts';
import { changeSlug } from '../../../src/storage/named/slugs.ts';
import { element, elements, inner, text, within } from '../../support/html.ts';
import { seedArticle, seedList } from '../../support/seed.ts';
import { addArticle, emptySite, now, sampleSite } from '../../support/test-site.ts';

test('the page has every part of the seed page, in the same order', async () => {
  const { app } = await sampleSite();
  const { status, text: html } = await request(app).get(seedArticle.path);

  expect(status).toBe(200);
  expect(text(element(html, 'title'))).toBe(seedArticle.title);
  expect(text(element(html, 'h1'))).toBe(seedArticle.title);
  const time = element(html, 'time', { 'data-local-time': 'full' });
  expect(time.attribs['datetime']).toBe(seedArticle.publishedAt);
  expect(text(time)).toBe('Sunday, 23 March 2025, 17:55 EET');
  const parts = ['class="standfirst"', 'class="summary"', 'class="body"', 'More on theme</h2>', 'Follow us</h2>', seedArticle.copyright];
  const places = parts.map((part) => html.indexOf(part));
  expect(places.every((place) => place > 0)).toBe(true);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(within(element(html, 'div', { class: 'body' }), 'p')).toHaveLength(8);
});

test('“More on theme” has the seed page’s 20 links, newest first, each with its time', async () => {
  const { app } = await sampleSite();
  const { text: html } = await request(app).get(seedArticle.path);

  const aside = element(html, 'aside');
  expect(within(aside, 'h2').map(text)).toEqual(['More on theme']);
  const items = within(aside, 'li');
  expect(items.map((item) => within(item, 'a').length)).toEqual(Array(20).fill(1));
  expect(items.map((item) => within(item, 'time').length)).toEqual(Array(20).fill(1));
  expect(items.map((item) => [Date.parse(within(item, 'time')[0]?.attribs['datetime'] ?? ''), text(within(item, 'a')[0] ?? item)])).toEqual(seedList.map(([time, title]) => [Date.parse(time), title]));
  expect(inner(aside)).not.toContain('**');
  expect(within(aside, 'a').at(-1)?.attribs['href']).toBe('/themes/world');
});

test('“More on theme” leaves out the article itself, other themes, drafts, and scheduled and withdrawn articles', async () => {
  const site = await emptySite();
  const shown = await addArticle(site, { title: 'Shown' });
  await addArticle(site, { title: 'Beside it' });
  await addArticle(site, { title: 'Elsewhere', theme: 'Sport' });
  await addArticle(site, { title: 'Draft', publishedAt: null });
  await addArticle(site, { title: 'Scheduled', publishedAt: now + 60_000 });
  const withdrawn = await addArticle(site, { title: 'Withdrawn' });
  await withdrawArticle(site.context.db, withdrawn.id, '', now);

  const titles = async () => within(element((await request(site.app).get(`/articles/${shown.slug}`)).text, 'aside'), 'li').map((item) => text(within(item, 'a')[0] ?? item));
  expect(await titles()).toEqual(['Beside it']);
  site.time.now += 60_000;
  expect(await titles()).toEqual(['Scheduled', 'Beside it']);
});

test('“More on theme” has at most 20 articles, and none twice even if many have the same time', async () => {
  const site = await emptySite();
  const { slug } = await addArticle(site, { title: 'Shown' });
  for (let n = 0; n < 25; n += 1) await addArticle(site, { title: `Other ${n}` });
  const { text: html } = await request(site.app).get(`/articles/${slug}`);

  const hrefs = within(element(html, 'aside'), 'li').map((item) => within(item, 'a')[0]?.attribs['href']);
  expect(hrefs).toHaveLength(20);
  expect(new Set(hrefs).size).toBe(20);
});

test('the only article on a theme has no empty “More on theme” list', async () => {
  const site = await emptySite();
  const { slug } = await addArticle(site);
  const { text: html } = await request(site.app).get(`/articles/${slug}`);
  expect(within(element(html, 'aside'), 'li')).toHaveLength(0);
  expect(within(element(html, 'aside'), 'ul')).toHaveLength(0);
});

test('emphasis is the only markup in titles; metadata has plain text', async () => {
  const site = await emptySite();
  const { slug } = await addArticle(site, { title: 'A *new* <b>look</b> at `code` & [links](x) ’ \' 🦊' });
  const { text: html } = await request(site.app).get(`/articles/${slug}`);

  expect(inner(element(html, 'h1'))).toBe('A <em>new</em> &lt;b&gt;look&lt;/b&gt; at `code` &amp; [links](x) ’ \' 🦊');
  expect(text(element(html, 'title'))).toBe("A new <b>look</b> at `code` & [links](x) ’ ' 🦊");
  expect(element(html, 'meta', { property: 'og:title' }).attribs['content']).toBe("A new <b>look</b> at `code` & [links](x) ’ ' 🦊");
});

test('authors and topics are links, and the theme is above the title', async () => {
  const site = await emptySite();
  const { slug } = await addArticle(site, { authors: ['Ada Example', 'Ben Example', 'Cy Example'], topics: ['Rivers'] });
  const { text: html } = await request(site.app).get(`/articles/${slug}`);

  expect(text(element(html, 'p', { class: 'byline-authors' }))).toBe('By Ada Example, Ben Example and Cy Example');
  expect(elements(html, 'a', { rel: 'author' }).map((a) => a.attribs['href'])).toEqual(['/authors/ada-example', '/authors/ben-example', '/authors/cy-example']);
  expect(within(element(html, 'section', { class: 'topics' }), 'a').map((a) => a.attribs['href'])).toEqual(['/topics/rivers']);
  expect(html.indexOf('href="/themes/world">World</a></p>')).toBeLessThan(html.indexOf('<h1'));
});

test('an article without authors has no byline, and its structured data names the publisher as author', async () => {
  const site = await emptySite();
  const { slug } = await addArticle(site);
  const { text: html } = await request(site.app).get(`/articles/${slug}`);
  expect(html).not.toContain('byline-authors');
  const [article] = JSON.parse(inner(element(html, 'script', { type: 'application/ld+json' })))['@graph'];
  expect(article.author).toMatchObject({ '@type': 'NewsMediaOrganization', 'name': 'Broadsheet' });
});

test('“Updated” is shown only if the article changed after its publication', async () => {
  const site = await emptySite();
  const same = await addArticle(site, { updatedAt: now - 3_600_000 });
  const later = await addArticle(site, { updatedAt: now - 60_000 });
  expect((await request(site.app).get(`/articles/${same.slug}`)).text).not.toContain('Updated');
  expect((await request(site.app).get(`/articles/${later.slug}`)).text).toContain('Updated <time');
});

test('an article in another language is marked as such, and the page around it has the site’s language', async () => {
  const site = await emptySite();
  const arabic = await addArticle(site, { title: 'السلام عليكم', language: 'ar', standfirst: 'خبر' });
  const english = await addArticle(site, { title: 'English' });
  const own = (await request(site.app).get(`/articles/${arabic.slug}`)).text;
  expect(element(own, 'article').attribs).toMatchObject({ lang: 'ar', dir: 'rtl' });
  expect(element(own, 'html').attribs).toMatchObject({ lang: 'en-GB', dir: 'ltr' });
  expect(inner(element(own, 'h1'))).toBe('السلام عليكم');
  const moreOnTheme = within(element((await request(site.app).get(`/articles/${english.slug}`)).text, 'aside'), 'li');
  expect(moreOnTheme[0]?.attribs).toMatchObject({ lang: 'ar', dir: 'rtl' });
});

test('the structured data is a NewsArticle with breadcrumbs, and no text can end its script element', async () => {
  const site = await emptySite();
  const { slug } = await addArticle(site, { title: 'End </script><!-- it', standfirst: 'So & so', authors: ['Ada Example'], topics: ['Rivers'], body: 'one two three', updatedAt: now - 60_000 });
  const { text: html } = await request(site.app).get(`/articles/${slug}`);

  const script = inner(element(html, 'script', { type: 'application/ld+json' }));
  expect(script).not.toContain('<');
  const [article, breadcrumbs] = JSON.parse(script)['@graph'];
  expect(article).toMatchObject({
    '@type': 'NewsArticle',
    'headline': 'End </script><!-- it',
    'description': 'So & so',
    'datePublished': '2025-03-23T15:55:14+00:00',
    'dateModified': '2025-03-23T16:54:14+00:00',
    'author': [{ '@type': 'Person', 'name': 'Ada Example', 'url': 'https://news.example/authors/ada-example' }],
    'publisher': { '@type': 'NewsMediaOrganization', 'name': 'Broadsheet' },
    'articleSection': 'World',
    'keywords': ['Rivers'],
    'inLanguage': 'en-GB',
    'isAccessibleForFree': true,
    'mainEntityOfPage': { '@id': `https://news.example/articles/${slug}` },
    'wordCount': 3,
  });
  expect(breadcrumbs['itemListElement'].map((item: { item: string }) => item.item)).toEqual(['https://news.example/', 'https://news.example/themes/world', `https://news.example/articles/${slug}`]);
});

test('the share links are a mailto: link and the article’s address, and load nothing', async () => {
  const { app } = await sampleSite();
  const { text: html } = await request(app).get(seedArticle.path);
  const [mail, link] = within(element(html, 'section', { class: 'share' }), 'a').map((a) => a.attribs['href'] ?? '');
  expect(mail).toBe(`mailto:?subject=${encodeURIComponent(seedArticle.title)}&body=${encodeURIComponent(`https://news.example${seedArticle.path}`)}`);
  expect(link).toBe(`https://news.example${seedArticle.path}`);
});

test('drafts and scheduled articles are not found, and a scheduled one appears at its time', async () => {
  const site = await emptySite();
  const draft = await addArticle(site, { publishedAt: null });
  const scheduled = await addArticle(site, { publishedAt: now + 60_000 });
  expect((await request(site.app).get(`/articles/${draft.slug}`)).status).toBe(404);
  expect((await request(site.app).get(`/articles/${scheduled.slug}`)).status).toBe(404);
  site.time.now = now + 60_000;
  expect((await request(site.app).get(`/articles/${scheduled.slug}`)).status).toBe(200);
});

test('a withdrawn article answers 410 with its reason and is in no list, feed, sitemap or search', async () => {
  const site = await emptySite();
  const { id, slug } = await addArticle(site, { title: 'Zebras return', authors: ['Ada Example'], topics: ['Rivers'] });
  await addArticle(site, { title: 'Another', authors: ['Ada Example'], topics: ['Rivers'] });
  expect(await withdrawArticle(site.context.db, id, 'It was about <horses>.', now)).toBe(true);

  const page = await request(site.app).get(`/articles/${slug}`);
  expect(page.status).toBe(410);
  expect(page.text).toContain('It was about &lt;horses&gt;.');
  for (const path of ['/', '/themes/world', '/authors/ada-example', '/topics/rivers', '/archive/2025/03/23', '/rss.xml', '/atom.xml', '/feed.json', '/themes/world/rss.xml', '/sitemaps/2025-03.xml', '/news-sitemap.xml', '/search?q=zebras']) {
    const { text: list } = await request(site.app).get(path);
    expect(list, path).not.toContain(slug);
  }
});

test('a scheduled article that is withdrawn, and the old slug of a draft, are not found', async () => {
  const site = await emptySite();
  const scheduled = await addArticle(site, { publishedAt: now + 60_000 });
  await withdrawArticle(site.context.db, scheduled.id, 'Secret', now);
  expect((await request(site.app).get(`/articles/${scheduled.slug}`)).status).toBe(404);
  const draft = await addArticle(site, { slug: 'a', publishedAt: null });
  await changeSlug(site.context.db, 'article', draft.id, 'secret', now);
  expect((await request(site.app).get('/articles/a')).status).toBe(404);
});

test('an update time in the future is not shown', async () => {
  const site = await emptySite();
  const { slug } = await addArticle(site, { updatedAt: now + 86_400_000 });
  expect((await request(site.app).get(`/articles/${slug}`)).text).not.toContain('Updated');
});

test('an old slug redirects to the article, and changing it from A to B and back causes no loop', async () => {
  const site = await emptySite();
  const { id } = await addArticle(site, { slug: 'a' });
  await changeSlug(site.context.db, 'article', id, 'b', now);
  const moved = await request(site.app).get('/articles/a');
  expect([moved.status, moved.headers['location'], moved.headers['cache-control']]).toEqual([301, '/articles/b', 'no-cache']);
  await changeSlug(site.context.db, 'article', id, 'a', now);
  expect((await request(site.app).get('/articles/a')).status).toBe(200);
  expect((await request(site.app).get('/articles/b')).headers['location']).toBe('/articles/a');
});

test('titles in any script get unique, readable slugs of limited length', async () => {
  const site = await emptySite();
  const titles = ['Один день', 'Один день', '北京大学', '🦊', '…', '…', 'x'.repeat(300)];
  const slugs: string[] = [];
  for (const title of titles) slugs.push((await addArticle(site, { title })).slug);
  expect(slugs.slice(0, 4)).toEqual(['odin-den', 'odin-den-2', 'beijingdaxue', 'fox']);
  expect(new Set(slugs).size).toBe(slugs.length);
  expect(slugs.every((slug) => /^[a-z0-9-]{1,100}$/.test(slug))).toBe(true);
  expect(slugs[4]).toMatch(/^article-\d+$/);
});
