import request from 'supertest';
import { expect, test } from 'vitest';
import { mergeNamed } from '../../../src/storage/named/merge.ts';
import { findByName } from '../../../src/storage/named/named.ts';
import { renameNamed } from '../../../src/storage/named/rename.ts';
import { addTheme, deleteTheme } from '../../../src/storage/themes/edit-themes.ts';
import { findNavigation } from '../../../src/storage/themes/navigation.ts';
import { makeEditor } from '../../support/admin.ts';
import { addArticles, lastTags, makeStoryline } from '../../support/storylines.ts';
import { addArticle, emptySite, now, openSite, stored, type TestSite } from '../../support/test-site.ts';

async function merge({ context: { db, clock } }: TestSite, kind: 'theme' | 'topic' | 'author', from: number, into: number) {
  return mergeNamed(db, kind, { from, into }, null, clock());
}

test('articles of a merged theme, topic or author belong to the other one, with every former name and address', async () => {
  const site = await emptySite();
  const { db } = site.context;
  for (const name of ['Ada', 'Grace', 'Grace']) await addArticle(site, { theme: name, topics: [name], authors: [name] });
  for (const kind of ['theme', 'topic', 'author'] as const) {
    await renameNamed(db, kind, 'Ada', { to: 'Ada King', language: 'en' }, now);
    expect(await merge(site, kind, 1, 2)).toEqual({ merged: { id: 2, name: 'Grace', slug: 'grace' }, isComplete: true });
    expect(await stored(site, `select id, name from ${kind}`)).toEqual([{ id: 2, name: 'Grace' }]);
    for (const name of ['Ada', 'ada king', 'Grace']) expect(await findByName(db.reader, kind, name)).toMatchObject({ id: 2 });
    for (const slug of ['ada', 'ada-king']) expect((await request(site.app).get(`/${kind}s/${slug}`)).headers).toMatchObject({ location: `/${kind}s/grace` });
    expect((await request(site.app).get(`/${kind}s/grace`)).text.match(/class="teaser"/g)).toHaveLength(3);
  }
  for (const kind of ['theme', 'author']) expect((await request(site.app).get(`/${kind}s/ada/rss.xml`)).headers).toMatchObject({ location: `/${kind}s/grace/rss.xml` });
  expect(await stored(site, "select editor_id, action, detail from audit_log where action like '%-merge' order by id")).toEqual(['theme', 'topic', 'author'].map((kind) => ({ editor_id: null, action: `${kind}-merge`, detail: 'Ada King → Grace' })));
});

test('an article that has both topics or authors has the remaining one once, in the better place', async () => {
  const site = await emptySite();
  const names = ['Ada', 'Bea', 'Cem'];
  await addArticle(site, { topics: names, authors: names });
  await addArticle(site, { topics: names.toReversed(), authors: names.toReversed() });
  for (const kind of ['topic', 'author'] as const) {
    await merge(site, kind, 1, 3);
    const linked = await stored(site, `select article_id, name from article_${kind} join ${kind} on id = ${kind}_id order by article_id, position`);
    expect(linked.map((row) => `${row['article_id']} ${row['name']}`)).toEqual(['1 Cem', '1 Bea', '2 Cem', '2 Bea']);
  }
});

test('searches within a theme find the articles of the themes merged into it, and no later theme gets their ids', async () => {
  const site = await emptySite();
  for (const theme of ['Sport', 'World', 'Football']) await addArticle(site, { title: `Match in ${theme}`, theme });
  await merge(site, 'theme', 3, 2);
  await addArticle(site, { title: 'Match of hockey', theme: 'Hockey' });
  await merge(site, 'theme', 2, 1);
  expect(await stored(site, 'select id, into_id from merged_theme order by id')).toEqual([{ id: 2, into_id: 1 }, { id: 3, into_id: 1 }]);
  const found = async (theme: string) => (await request(site.app).get(`/search?q=match&theme=${theme}`)).text.match(/Match<\/mark> [^<]+/g)?.length;
  expect([await found('sport'), await found('hockey')]).toEqual([3, 1]);
});

test('after themes are merged, each storyline has one newest article in the remaining theme', async () => {
  const site = await emptySite();
  const minutes = [4, 3, 2, 1];
  for (const [index, theme] of ['World', 'Sport', 'World', 'Sport'].entries()) await addArticle(site, { theme, publishedAt: now - (minutes[index] ?? 0) * 60_000 });
  await makeStoryline(site, [1, 2, 3, 4]);
  await merge(site, 'theme', 2, 1);
  const rows = await stored(site, 'select article_id, theme_id, superseded_at from storyline_article order by article_id');
  expect(rows).toEqual([3, 2, 1, undefined].map((next, index) => ({ article_id: index + 1, theme_id: 1, superseded_at: next === undefined ? null : now - next * 60_000 })));
});

/** A site with the empty theme “World” and the theme “Sport” of 250 articles, the last the newest. */
async function largeTheme(): Promise<TestSite> {
  const site = await emptySite();
  const { id } = await makeEditor(site, { role: 'editor' });
  await addTheme(site.context.db, { name: 'World', language: 'en' }, id, now);
  await addArticles(site, Array.from({ length: 250 }, (_, index) => `Match ${index + 1}`), 'Sport');
  return site;
}

test('a large theme is merged in steps, which readers see, and which a restarted site continues', async () => {
  const site = await largeTheme();
  const { db } = site.context;
  const count = async () => (await stored(site, 'select theme_id, count(*) as articles from article group by theme_id order by theme_id')).map(({ theme_id, articles }) => [theme_id, Number(articles)]);
  const shown = async (theme: string) => (await request(site.app).get(`/themes/${theme}`)).text.match(/Match \d+/)?.[0];
  expect(await merge(site, 'theme', 2, 1)).toMatchObject({ isComplete: false });
  expect([await count(), await shown('world'), await shown('sport'), await lastTags(site)]).toEqual([[[1, 200], [2, 50]], 'Match 250', 'Match 50', ['articles', 'published', 'theme-list', 'theme:1', 'theme:2', 'themes']]);
  // The search index has all articles under the old id.
  expect((await request(site.app).get('/search?q=match&theme=world')).text).toContain('250 articles found');
  // An article that is published meanwhile moves too, a form that is sent twice does no harm, and neither theme can be deleted or merged elsewhere.
  await addArticle(site, { theme: 'Sport', publishedAt: now });
  await addArticle(site, { theme: 'Arts' });
  expect([await merge(site, 'theme', 2, 1), await merge(site, 'theme', 2, 3), await merge(site, 'theme', 3, 2)]).toMatchObject([{ isComplete: false }, { refused: 'gone' }, { refused: 'gone' }]);
  for (const id of [1, 2]) expect(await deleteTheme(db, id, 1, now)).toBe('used');
  // The other theme may itself be merged.
  expect(await merge(site, 'theme', 1, 3)).toMatchObject({ isComplete: true });
  const { context: restarted } = await openSite(site.folder);
  await restarted.themeMerger.finish();
  await restarted.close();
  expect([await count(), await stored(site, 'select * from theme_merge')]).toEqual([[[3, 252]], []]);
  for (const slug of ['sport', 'world']) expect((await request(site.app).get(`/themes/${slug}`)).headers).toMatchObject({ location: '/themes/arts' });
  expect(await stored(site, 'select id, into_id from merged_theme order by id')).toEqual([{ id: 1, into_id: 3 }, { id: 2, into_id: 3 }]);
  expect(await stored(site, "select detail from audit_log where action = 'theme-merge' order by id")).toEqual([{ detail: 'Sport → World' }, { detail: 'World → Arts' }]);
});

test('a site without merges to complete writes nothing when it looks for them', async () => {
  const { context: { db, themeMerger } } = await emptySite();
  // Only a write clears the fault.
  db.state.recordFailure('read-only', new Error('read-only'));
  await themeMerger.finish();
  expect(db.state.fault?.trouble).toBe('read-only');
});

test('articles of a storyline follow each other within their theme after each step', async () => {
  const site = await largeTheme();
  await makeStoryline(site, [49, 50, 250]);
  await merge(site, 'theme', 2, 1);
  const following = async () => (await stored(site, 'select article_id, superseded_at from storyline_article where article_id in (49, 50, 250) order by article_id')).map(({ superseded_at }) => superseded_at);
  expect(await following()).toEqual([now - 200 * 60_000, null, null]);
  await site.context.themeMerger.finish();
  expect(await following()).toEqual([now - 200 * 60_000, now, null]);
});

test('the remaining theme takes over the times of the articles, and readers’ pages are told of the change', async () => {
  const site = await emptySite();
  await addArticle(site, { theme: 'World', publishedAt: null });
  await addArticle(site, { theme: 'Sport', publishedAt: now + 60_000 });
  await addArticle(site, { theme: 'Sport', publishedAt: now - 60_000 });
  await merge(site, 'theme', 2, 1);
  expect(await lastTags(site)).toEqual(['articles', 'published', 'theme-list', 'theme:1', 'theme:2', 'themes']);
  expect((await findNavigation(site.context.db.reader, now)).themes.map(({ name }) => name)).toEqual(['World']);
  expect(await stored(site, 'select first_at, latest_at, next_at from theme')).toEqual([{ first_at: now - 60_000, latest_at: now - 60_000, next_at: now + 60_000 }]);
});

test('nothing is merged into itself, and a merge that has happened already is refused', async () => {
  const site = await emptySite();
  for (const theme of ['World', 'Sport']) await addArticle(site, { theme });
  expect(await merge(site, 'theme', 1, 1)).toEqual({ refused: 'same' });
  await merge(site, 'theme', 2, 1);
  expect(await merge(site, 'theme', 2, 1)).toEqual({ refused: 'gone' });
  expect(await merge(site, 'theme', 1, 2)).toEqual({ refused: 'gone' });
});
