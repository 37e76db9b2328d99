import request from 'supertest';
import { expect, test } from 'vitest';
import { element, elements, inner, text } from '../support/html.ts';
import { addArticle, emptySite, now, sampleSite, type TestSite } from '../support/test-site.ts';

async function titles(site: TestSite, query: Record<string, string>): Promise<string[]> {
  const { status, text: html } = await request(site.app).get(`/search?${new URLSearchParams(query)}`);
  expect(status).toBe(200);
  return elements(html, 'h2', { class: 'teaser-title' }).map(text);
}

test('matches in titles come first, then in standfirsts and summaries, then in bodies; newest first in each', async () => {
  const site = await emptySite();
  await addArticle(site, { title: 'In the title, old: zebra', publishedAt: now - 90_000 });
  await addArticle(site, { title: 'In the title: zebra', publishedAt: now - 80_000 });
  await addArticle(site, { title: 'Summary', summary: 'a zebra', publishedAt: now - 70_000 });
  await addArticle(site, { title: 'Standfirst', standfirst: 'the zebra', publishedAt: now - 60_000 });
  await addArticle(site, { title: 'Body', body: 'of the **zebra**.', publishedAt: now - 50_000 });
  await addArticle(site, { title: 'Elsewhere', body: 'of the horse', publishedAt: now - 40_000 });
  expect(await titles(site, { q: 'zebra' })).toEqual(['In the title: zebra', 'In the title, old: zebra', 'Standfirst', 'Summary', 'Body']);
  expect(await titles(site, { q: 'zebra', sort: 'newest' })).toEqual(['Body', 'Standfirst', 'Summary', 'In the title: zebra', 'In the title, old: zebra']);
});

test('all words must match, quotes make a phrase, the last word may be a prefix, and diacritics are ignored', async () => {
  const site = await emptySite();
  await addArticle(site, { title: 'Łódź by night', body: 'white paper and helmets' });
  await addArticle(site, { title: 'Helmets', body: 'The White Helmets of the café' });
  expect(await titles(site, { q: 'white helmets' })).toEqual(['Helmets', 'Łódź by night']);
  expect(await titles(site, { q: '"white helmets"' })).toEqual(['Helmets']);
  expect(await titles(site, { q: 'white helm' })).toEqual(['Helmets', 'Łódź by night']);
  expect(await titles(site, { q: 'helm white' })).toEqual([]);
  expect(await titles(site, { q: 'LODZ' })).toEqual(['Łódź by night']);
  expect(await titles(site, { q: 'cafe' })).toEqual(['Helmets']);
  expect(await titles(site, { q: 'cafè' })).toEqual(['Helmets']);
});

test('Chinese, Japanese, Thai and Arabic articles are found', async () => {
  const site = await emptySite();
  await addArticle(site, { title: '北京大学今天宣布', language: 'zh-Hans' });
  await addArticle(site, { title: '今日の新聞を読む', language: 'ja' });
  await addArticle(site, { title: 'ข่าววันนี้', language: 'th' });
  await addArticle(site, { title: 'أخبار اليوم', language: 'ar' });
  expect(await titles(site, { q: '大学' })).toEqual(['北京大学今天宣布']);
  expect(await titles(site, { q: '新聞' })).toEqual(['今日の新聞を読む']);
  expect(await titles(site, { q: 'วันนี้' })).toEqual(['ข่าววันนี้']);
  expect(await titles(site, { q: 'اخبار' })).toEqual(['أخبار اليوم']);
});

test('theme and dates filter the results, and invalid filters are ignored', async () => {
  const site = await emptySite();
  await addArticle(site, { title: 'Zebra one', theme: 'World', publishedAt: Date.parse('2025-03-01T10:00:00Z') });
  await addArticle(site, { title: 'Zebra two', theme: 'Sport', publishedAt: Date.parse('2025-03-02T10:00:00Z') });
  expect(await titles(site, { q: 'zebra', theme: 'sport' })).toEqual(['Zebra two']);
  expect(await titles(site, { q: 'zebra', from: '2025-03-02' })).toEqual(['Zebra two']);
  expect(await titles(site, { q: 'zebra', to: '2025-03-01' })).toEqual(['Zebra one']);
  expect(await titles(site, { q: 'zebra', from: '2025-03-01', to: '2025-03-02' })).toEqual(['Zebra two', 'Zebra one']);
  expect(await titles(site, { q: 'zebra', from: '2300-01-01' })).toEqual([]);
  expect(await titles(site, { q: 'zebra', to: '1600-01-01' })).toEqual([]);
  expect(await titles(site, { q: 'zebra', theme: 'none', from: 'never', to: '2025-02-31', sort: 'x', before: 'x' })).toEqual(['Zebra two', 'Zebra one']);
});

test('the pages of results contain each article once, title matches first', async () => {
  const site = await emptySite();
  for (let n = 0; n < 15; n += 1) await addArticle(site, { title: `Zebra ${n}` });
  for (let n = 0; n < 15; n += 1) await addArticle(site, { title: `Body ${n}`, body: 'zebra' });
  const first = await request(site.app).get('/search?q=zebra');
  const next = element(first.text, 'a', { rel: 'next' }).attribs['href'] ?? '';
  const second = await request(site.app).get(next);
  const found = [first, second].flatMap(({ text: html }) => elements(html, 'h2', { class: 'teaser-title' }).map(text));
  expect(found).toHaveLength(30);
  expect(new Set(found).size).toBe(30);
  expect(found.slice(0, 15).every((title) => title.startsWith('Zebra'))).toBe(true);
  expect(text(element(first.text, 'div', { class: 'search-count' }))).toBe('30 articles found');
});

test('matching words are marked in the title and in a snippet', async () => {
  const site = await emptySite();
  await addArticle(site, { title: 'A *zebra* & co', body: `${'before '.repeat(100)} the <b>zebra</b> crossing ${'after '.repeat(100)}` });
  const { text: html } = await request(site.app).get('/search?q=zebr');
  expect(inner(element(html, 'h2', { class: 'teaser-title' }))).toContain('A <mark>zebra</mark> &amp; co');
  expect(inner(element(html, 'p', { class: 'teaser-standfirst' }))).toMatch(/^… .*the <mark>zebra<\/mark> crossing.* …$/);
});

test('scheduled articles and drafts are not found', async () => {
  const site = await emptySite();
  await addArticle(site, { title: 'Zebra draft', publishedAt: null });
  await addArticle(site, { title: 'Zebra scheduled', publishedAt: now + 1000 });
  expect(await titles(site, { q: 'zebra' })).toEqual([]);
  site.time.now += 1000;
  expect(await titles(site, { q: 'zebra' })).toEqual(['Zebra scheduled']);
});

test('counts are exact to 1,000, then “more than 1,000”', async () => {
  const site = await emptySite();
  const insert = async (from: number, to: number) => {
    const { db } = site.context;
    const { addArticles } = await import('../../src/storage/articles/add-articles.ts');
    const plain = { standfirst: '', summary: '', picture: null, pictureAlt: '', pictureCaption: '', body: '', theme: 'World', topics: [], authors: [], publishedAt: now - 1000, updatedAt: null, slug: null, language: 'en', importKey: null, rendered: { html: '', text: 'zebra', wordCount: 1, isPlain: false, shownAsText: [], hasComment: false, markupVersion: 2 } };
    await addArticles(db, Array.from({ length: to - from }, (_, n) => ({ ...plain, title: `N ${from + n}`, slug: `n-${from + n}`, uid: `uid-${from + n}` })), now);
  };
  const count = async () => text(element((await request(site.app).get('/search?q=zebra')).text, 'div', { class: 'search-count' }));
  await insert(0, 1000);
  expect(await count()).toBe('1,000 articles found');
  await insert(1000, 1001);
  expect(await count()).toBe('More than 1,000 articles found');
});

test('any query gets a search page', async () => {
  const site = await sampleSite();
  const typed = ['', ' ', '"', '""', '"""', "'", '*', '-', '+', 'AND', 'OR', 'NOT', 'NEAR(a b)', 'a AND', '(', ')', 'a:b', 'title:x', '^', '{x}', '\\', '\0', '\u0001\u001f', '\u202e', '%', '%%', '_', ';drop table article', '<script>', '🦊', '\ud800', 'é', 'e\u0301', 'ß', '北', 'א', '“White Helmets”', '«x»', 'x'.repeat(3000), 'word '.repeat(600), '"a '.repeat(500), '\u{E000}white', 'a"b"c', '"white helmets', 'white*', '1,400'];
  for (const q of typed) {
    const { status, text: html } = await request(site.app).get(`/search?q=${encodeURIComponent(q.toWellFormed())}`);
    expect(status, JSON.stringify(q.slice(0, 30))).toBe(200);
    expect(elements(html, 'h1').map(text)).toEqual(['Search']);
  }
  expect((await request(site.app).get('/search?q=%ff%fe%')).status).toBe(200);
  expect((await request(site.app).get('/search?q=a&q=b&q[]=c')).status).toBe(200);
});

test('the form shows the query and the filters again', async () => {
  const { app } = await sampleSite();
  const { text: html } = await request(app).get(`/search?${new URLSearchParams({ q: '"white helmets" <b>', theme: 'world', from: '2025-03-01', to: '2025-03-31', sort: 'newest' })}`);
  expect(element(html, 'input', { id: 'search_words' }).attribs['value']).toBe('"white helmets" <b>');
  expect(element(html, 'input', { name: 'from' }).attribs['value']).toBe('2025-03-01');
  expect(elements(html, 'option', { selected: '' }).map((option) => option.attribs['value'])).toEqual(['world', 'newest']);
});

async function found(site: TestSite, q: string): Promise<string[]> {
  const { text: html } = await request(site.app).get(`/search?q=${encodeURIComponent(q)}`);
  return elements(html, 'h2', { class: 'teaser-title' }).map(text);
}

test('words that occur in more than a third of all articles are optional, unless the query has no others', async () => {
  const site = await emptySite();
  for (let n = 0; n < 10; n += 1) await addArticle(site, { title: `The news in brief ${n}`, publishedAt: now - 100_000 - n * 1000 });
  await addArticle(site, { title: 'Elections for Iraq', publishedAt: now - 2000 });
  await addArticle(site, { title: 'Elections in Iraq', publishedAt: now - 1000 });
  expect(await found(site, 'elections in iraq')).toEqual(['Elections in Iraq', 'Elections for Iraq']);
  expect(await found(site, '"elections in iraq"')).toEqual(['Elections in Iraq']);
  expect(await found(site, 'the in')).toHaveLength(10);
});

test('a run of Chinese characters that matches no article is searched in parts, and the page says so', async () => {
  const site = await emptySite();
  await addArticle(site, { title: '北京的天气与气候', language: 'zh' });
  await addArticle(site, { title: '上海气候', language: 'zh' });
  expect(await found(site, '北京气候')).toEqual(['北京的天气与气候']);
  expect((await request(site.app).get(`/search?q=${encodeURIComponent('北京气候')}`)).text).toContain('No article contains exactly this text');
  expect((await request(site.app).get(`/search?q=${encodeURIComponent('上海气候')}`)).text).not.toContain('No article contains exactly this text');
});

test.each([
  ['f16', 'F-16', 'F16'],
  ['obrien', 'O’Brien', "O'Brien"],
  ['mcdonalds', 'McDonald’s', 'McDonalds'],
  ['covid19', 'COVID-19', 'Covid19'],
  ['ts eliot', 'T. S. Eliot', 'T.S. Eliot'],
  ['1234567', '1,234,567', '1 234 567'],
  ['wordless', 'word\u200bless', 'word\u00adless'],
  ['att', 'AT&T', 'ATT'],
])('%s finds %s and %s, and each of them finds the other', async (query, one, other) => {
  const site = await emptySite();
  await addArticle(site, { title: `One ${one}`, publishedAt: now - 1000 });
  await addArticle(site, { title: `Other ${other}`, publishedAt: now - 2000 });
  await addArticle(site, { title: 'Nothing', body: 'x' });
  for (const q of [query, one, other]) expect((await found(site, q)).length, q).toBe(2);
  expect((await request(site.app).get(`/search?q=${encodeURIComponent(query)}`)).text).toMatch(/<mark>/);
});

test('exact spellings come first, and C++ and C# are different words', async () => {
  const site = await emptySite();
  await addArticle(site, { title: 'The F-16 flies', publishedAt: now - 1000 });
  await addArticle(site, { title: 'The F16 flies', publishedAt: now - 2000 });
  expect(await found(site, 'f16')).toEqual(['The F16 flies', 'The F-16 flies']);
  await addArticle(site, { title: 'Vitamin C', publishedAt: now - 4000 });
  await addArticle(site, { title: 'Learning C++', publishedAt: now - 3000 });
  await addArticle(site, { title: 'Learning C#', publishedAt: now - 3000 });
  expect(await found(site, 'C++')).toEqual(['Learning C++']);
  expect(await found(site, 'c#')).toEqual(['Learning C#']);
  expect(await found(site, 'F#')).toEqual(['The F-16 flies']);
});

test('very long words are found', async () => {
  const site = await emptySite();
  const long = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
  await addArticle(site, { title: 'A long one', body: `Die ${long} und ${'x'.repeat(5000)}.` });
  for (const q of [long, 'x'.repeat(5000)]) expect(await found(site, q)).toEqual(['A long one']);
});
