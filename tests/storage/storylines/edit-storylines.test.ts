import { expect, test } from 'vitest';
import { inTransaction } from '../../../src/storage/database/database.ts';
import { beginStoryline, joinStorylines, moveArticle, nameStoryline, splitStoryline } from '../../../src/storage/storylines/edit-storylines.ts';
import { makeEditor } from '../../support/admin.ts';
import { addArticles, lastTags, makeStoryline, placesOf } from '../../support/storylines.ts';
import { addArticle, emptySite, now, stored, type TestSite } from '../../support/test-site.ts';

async function newsroom(): Promise<{ site: TestSite; db: TestSite['context']['db']; editor: number; ids: [number, number, number, number] }> {
  const site = await emptySite();
  const { id: editor } = await makeEditor(site, { role: 'editor' });
  const [one = 0, two = 0, three = 0, four = 0] = await addArticles(site, ['One', 'Two', 'Three', 'Four']);
  return { site, db: site.context.db, editor, ids: [one, two, three, four] };
}

async function storylines(site: TestSite) {
  return stored(site, 'select id, name, joined_into from storyline order by id');
}

test('an article that is moved to one that is alone makes a storyline with it, which the program leaves alone', async () => {
  const { site, db, editor, ids: [one, two] } = await newsroom();
  const move = { articleId: one, from: null, to: { articleId: two } };
  expect(await moveArticle(db, move, editor, now)).toBe('done');
  expect(await placesOf(site)).toEqual({ 1: '1*', 2: '1*', 3: 'alone', 4: 'alone' });
  expect(await lastTags(site)).toEqual(['article:1', 'article:2', 'articles', 'published', 'related:1', 'related:2', 'storyline:1', 'theme:1']);
  // Sent twice.
  expect(await moveArticle(db, move, editor, now)).toBe('done');
  expect(await storylines(site)).toHaveLength(1);
});

test('a moved article touches both storylines and all of their themes, and the last one leaves a redirect behind', async () => {
  const { site, db, editor, ids: [one, two, three] } = await newsroom();
  const { id: sport } = await addArticle(site, { theme: 'Sport' });
  const [from, to] = [await makeStoryline(site, [one]), await makeStoryline(site, [two, three, sport])];
  expect(await moveArticle(db, { articleId: one, from, to: { storylineId: to } }, editor, now)).toBe('done');
  expect(await placesOf(site)).toEqual({ 1: '2*', 2: '2', 3: '2', 4: 'alone', [sport]: '2' });
  expect(await lastTags(site)).toEqual(['article:1', 'articles', 'published', 'related:1', 'storyline:1', 'storyline:2', 'theme:1', 'theme:2']);
  expect(await storylines(site)).toEqual([{ id: 1, name: '', joined_into: 2 }, { id: 2, name: '', joined_into: null }]);
  expect(await stored(site, 'select article_id from storyline_article where superseded_at is null order by article_id')).toEqual([{ article_id: three }, { article_id: 4 }, { article_id: sport }]);
});

test('a place that has changed since the editor saw it is refused, and nothing changes', async () => {
  const { site, db, editor, ids: [one, two, three, four] } = await newsroom();
  const [storyline, other] = [await makeStoryline(site, [one, two]), await makeStoryline(site, [three])];
  await joinStorylines(db, { into: storyline, other: { storylineId: other } }, editor, now);
  const before = await placesOf(site);
  const count = (await stored(site, 'select id from audit_log')).length;
  expect(await moveArticle(db, { articleId: one, from: null, to: { articleId: four } }, editor, now)).toBe('elsewhere');
  expect(await moveArticle(db, { articleId: 99, from: null, to: { articleId: four } }, editor, now)).toBe('elsewhere');
  expect(await beginStoryline(db, { articleId: 99, from: null, name: '' }, editor, now)).toBe('elsewhere');
  expect(await moveArticle(db, { articleId: one, from: storyline, to: { articleId: 99 } }, editor, now)).toBe('gone');
  expect(await moveArticle(db, { articleId: four, from: null, to: { storylineId: other } }, editor, now)).toBe('gone');
  expect(await moveArticle(db, { articleId: four, from: null, to: { articleId: one } }, editor, now)).toBe('gone');
  expect(await moveArticle(db, { articleId: four, from: null, to: { articleId: four } }, editor, now)).toBe('gone');
  expect(await beginStoryline(db, { articleId: one, from: other, name: 'New' }, editor, now)).toBe('elsewhere');
  expect(await joinStorylines(db, { into: other, other: { articleId: four } }, editor, now)).toBe('gone');
  expect(await joinStorylines(db, { into: storyline, other: { storylineId: 77 } }, editor, now)).toBe('gone');
  expect(await splitStoryline(db, { storylineId: storyline, articleIds: [one, four], name: '' }, editor, now)).toBe('elsewhere');
  expect(await splitStoryline(db, { storylineId: storyline, articleIds: [one, two, three], name: '' }, editor, now)).toBe('whole');
  expect(await splitStoryline(db, { storylineId: other, articleIds: [three], name: '' }, editor, now)).toBe('gone');
  expect(await nameStoryline(db, { storylineId: storyline, name: 'Fire', before: 'Flood' }, editor, now)).toBe('conflict');
  expect(await nameStoryline(db, { storylineId: other, name: 'Fire', before: '' }, editor, now)).toBe('gone');
  expect([await placesOf(site), (await stored(site, 'select id from audit_log')).length]).toEqual([before, count]);
});

test('an article that begins a new storyline leaves the old one, and an article that is alone can be named', async () => {
  const { site, db, editor, ids: [one, two, three] } = await newsroom();
  const from = await makeStoryline(site, [one, two, three]);
  expect(await beginStoryline(db, { articleId: one, from, name: '' }, editor, now)).toBe('done');
  expect(await beginStoryline(db, { articleId: one, from, name: '' }, editor, now)).toBe('done');
  expect(await beginStoryline(db, { articleId: one, from, name: 'Storm' }, editor, now)).toBe('elsewhere');
  expect(await beginStoryline(db, { articleId: two, from, name: 'Fire' }, editor, now)).toBe('done');
  // Three is alone in its storyline now, which gets the name.
  expect(await beginStoryline(db, { articleId: three, from, name: 'Flood' }, editor, now)).toBe('done');
  expect(await placesOf(site)).toEqual({ 1: '2*', 2: '3*', 3: '1*', 4: 'alone' });
  expect(await storylines(site)).toEqual([{ id: 1, name: 'Flood', joined_into: null }, { id: 2, name: '', joined_into: null }, { id: 3, name: 'Fire', joined_into: null }]);
  expect(await beginStoryline(db, { articleId: 4, from: null, name: '' }, editor, now)).toBe('done');
  expect((await placesOf(site))['4']).toBe('alone*');
});

test('a joined storyline gives its articles, and its name if the other has none, and its address redirects', async () => {
  const { site, db, editor, ids: [one, two, three, four] } = await newsroom();
  const [into, other] = [await makeStoryline(site, [two]), await makeStoryline(site, [one, three], 'Fire')];
  expect(await joinStorylines(db, { into, other: { storylineId: other } }, editor, now)).toBe('done');
  expect(await joinStorylines(db, { into, other: { storylineId: other } }, editor, now)).toBe('done');
  expect(await lastTags(site)).toEqual(['articles', 'published', 'storyline:1', 'storyline:2', 'theme:1']);
  expect(await joinStorylines(db, { into, other: { articleId: four } }, editor, now)).toBe('done');
  expect(await lastTags(site)).toEqual(['article:4', 'articles', 'published', 'related:4', 'storyline:1', 'theme:1']);
  expect(await placesOf(site)).toEqual({ 1: '1*', 2: '1', 3: '1*', 4: '1*' });
  expect(await storylines(site)).toEqual([{ id: 1, name: 'Fire', joined_into: null }, { id: 2, name: 'Fire', joined_into: 1 }]);
  expect(await stored(site, 'select article_id from storyline_article where superseded_at is null')).toEqual([{ article_id: four }]);
});

test('the articles that are split off become a new storyline, also a single one without a name', async () => {
  const { site, db, editor, ids: [one, two, three, four] } = await newsroom();
  const storylineId = await makeStoryline(site, [one, two, three, four]);
  expect(await splitStoryline(db, { storylineId, articleIds: [one, three], name: 'Fire' }, editor, now)).toEqual({ newId: 2 });
  expect(await lastTags(site)).toEqual(['article:1', 'article:3', 'articles', 'published', 'related:1', 'related:3', 'storyline:1', 'storyline:2', 'theme:1']);
  expect(await splitStoryline(db, { storylineId, articleIds: [one, three], name: 'Fire' }, editor, now)).toEqual({ newId: 2 });
  expect(await splitStoryline(db, { storylineId, articleIds: [one, three], name: 'Flood' }, editor, now)).toBe('elsewhere');
  expect(await splitStoryline(db, { storylineId, articleIds: [one, two], name: 'Fire' }, editor, now)).toBe('elsewhere');
  expect(await splitStoryline(db, { storylineId, articleIds: [four], name: '' }, editor, now)).toEqual({ newId: 3 });
  expect(await placesOf(site)).toEqual({ 1: '2*', 2: '1', 3: '2*', 4: '3*' });
  expect(await stored(site, 'select article_id from storyline_article where superseded_at is not null')).toEqual([{ article_id: one }]);
});

test('a draft can be put into a storyline before it is published', async () => {
  const { site, db, editor, ids: [one, two] } = await newsroom();
  const storylineId = await makeStoryline(site, [one, two]);
  const { id: draft } = await addArticle(site, { publishedAt: null });
  expect(await moveArticle(db, { articleId: draft, from: null, to: { storylineId } }, editor, now)).toBe('done');
  expect((await placesOf(site))[draft]).toBe('1*');
});

test('after a storyline of many articles is joined and split as a whole, the newest article of each theme is known', async () => {
  const { site, db, editor, ids: [one, two] } = await newsroom();
  const [into, other] = [await makeStoryline(site, [one]), await makeStoryline(site, [two])];
  await inTransaction(db, async (transaction) => {
    const articles = Array.from({ length: 1000 }, (_, index) => ({ id: 100 + index, publishedAt: now - index * 1000 }));
    for (let at = 0; at < articles.length; at += 500) {
      const part = articles.slice(at, at + 500);
      await transaction.insertInto('article').values(part.map(({ id, publishedAt }) => ({ id, uid: String(id), slug: String(id), title: 'T', standfirst: '', summary: '', body: '', body_html: '', body_text: '', word_count: 0, markup_version: 1, theme_id: 1, language: 'en', published_at: publishedAt, first_published_at: publishedAt, changed_at: now, updated_at: null, withdrawn_at: null, withdrawn_reason: null, import_key: null, owner_id: null, submitted_at: null, head_revision_id: null, public_revision_id: null }))).execute();
      await transaction.insertInto('storyline_article').values(part.map(({ id, publishedAt }) => ({ article_id: id, storyline_id: other, theme_id: 1 + (id % 2), public_at: publishedAt, superseded_at: null, is_chosen: 0 }))).execute();
    }
  });
  await joinStorylines(db, { into, other: { storylineId: other } }, editor, now);
  expect(await stored(site, 'select count(*) as newest from storyline_article where superseded_at is null and storyline_id = 1')).toEqual([{ newest: 2 }]);
  await splitStoryline(db, { storylineId: into, articleIds: Array.from({ length: 100 }, (_, index) => 200 + index), name: '' }, editor, now);
  expect(await stored(site, 'select count(*) as newest from storyline_article where superseded_at is null and storyline_id is not null')).toEqual([{ newest: 4 }]);
});
