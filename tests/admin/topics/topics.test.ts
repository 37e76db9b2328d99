import { expect, test } from 'vitest';
import { renameNamed } from '../../../src/storage/named/rename.ts';
import { browser, makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { problemsOf } from '../../support/article-form.ts';
import { element, elements, text } from '../../support/html.ts';
import { lastTags } from '../../support/storylines.ts';
import { addArticle, emptySite, now, stored, type TestSite } from '../../support/test-site.ts';

async function newsroom(...topics: string[][]): Promise<{ site: TestSite; editor: Browser }> {
  const site = await emptySite();
  for (const names of topics) await addArticle(site, { topics: names });
  return { site, editor: await signIn(site, (await makeEditor(site, { role: 'editor' })).email) };
}

/** Deletes the links to articles, as when the articles no longer have their topics. */
async function unlink({ context }: TestSite, ...names: string[]): Promise<void> {
  await context.db.writer.deleteFrom('article_topic').where('topic_id', 'in', (query) => query.selectFrom('topic').select('id').where('name', 'in', names)).execute();
}

function rows(html: string): string[] {
  return elements(html, 'tr').slice(1).map(text);
}

test('the list has the topics by name with their articles, continues, and finds names by the beginnings of words', async () => {
  const { site, editor } = await newsroom(['Coast', 'Änderung', 'The deep sea'], ['Coast'], Array.from({ length: 50 }, (_, index) => `Topic ${index}`));
  const first = (await editor.get('/admin/topics')).text;
  expect([rows(first).length, rows(first)[0]]).toEqual([50, 'Änderung1']);
  const next = elements(first, 'a', { rel: 'next' })[0]?.attribs['href'] ?? '';
  expect(rows((await editor.get(next)).text)).toEqual(['Topic 71', 'Topic 81', 'Topic 91']);
  expect(rows((await editor.get('/admin/topics?q=SEA the')).text)).toEqual(['The deep sea1']);
  expect(text(element((await editor.get('/admin/topics?q=zzz')).text, 'main'))).toContain('No name contains these words.');
  await unlink(site, 'Änderung');
  expect(rows((await editor.get('/admin/topics?only=unused')).text)).toEqual(['Änderung0']);
});

test('a renamed topic has a new address, to which the former one redirects', async () => {
  const { site, editor } = await newsroom(['Coast']);
  expect((await editor.post('/admin/topics/1/name', { before: 'Coast', name: ' The  Coast ' })).headers['location']).toBe('/admin/topics/1?done=save');
  expect((await browser(site).get('/topics/coast')).headers['location']).toBe('/topics/the-coast');
  expect(await lastTags(site)).toEqual(['names']);
  expect(await stored(site, 'select action, detail from audit_log order by id desc limit 1')).toEqual([{ action: 'topic-rename', detail: 'Coast → The Coast' }]);
});

test('an unsuitable name comes back with its problem, and a name that a colleague has changed with both names', async () => {
  const { site, editor } = await newsroom(['Coast', 'Sea']);
  const refused = async (name: string) => {
    const answer = await editor.post('/admin/topics/1/name', { before: 'Coast', name });
    return [answer.status, elements(answer.text, 'input', { name: 'name' })[0]?.attribs['value'], problemsOf(answer.text).join()];
  };
  expect(await refused(' ')).toEqual([422, ' ', expect.stringContaining('Enter a name.')]);
  expect(await refused('x'.repeat(101))).toEqual([422, 'x'.repeat(101), expect.stringContaining('at most 100')]);
  expect(await refused('‘SEA’')).toEqual([422, '‘SEA’', expect.stringContaining('Merge the two instead: “Sea”')]);
  await renameNamed(site.context.db, 'topic', 'Coast', { to: 'Shore', language: 'en' }, now);
  expect(await refused('Beach')).toEqual([409, 'Beach', expect.stringContaining('changed the name to “Shore”')]);
  expect((await editor.post('/admin/topics/1/name', { before: 'Shore', name: 'Beach' })).status).toBe(303);
});

test('a topic is merged into another one after a page that says what changes', async () => {
  const { site, editor } = await newsroom(['Coast', 'Shore'], ['Coast'], ['Shore']);
  const page = (await editor.get('/admin/topics/1?q=shore')).text;
  const link = elements(page, 'a').find((a) => text(a) === 'Merge into “Shore”')?.attribs['href'] ?? '';
  expect(text(element((await editor.get(link)).text, 'main'))).toContain('2 articles with the name “Coast” will have the name “Shore” instead.');
  for (const attempt of [1, 2]) expect([attempt, (await editor.post('/admin/topics/1/merge', { into: '2' })).headers['location']]).toEqual([attempt, '/admin/topics/2?done=merge']);
  expect(await stored(site, 'select article_id, topic_id from article_topic order by article_id')).toEqual([1, 2, 3].map((id) => ({ article_id: id, topic_id: 2 })));
  expect((await browser(site).get('/topics/coast')).headers['location']).toBe('/topics/shore');
  for (const into of ['1', '2', '99', 'x']) expect((await editor.post('/admin/topics/2/merge', { into })).status, into).toBe(409);
  expect((await editor.get('/admin/topics/2/merge?into=99')).headers['location']).toBe('/admin/topics/2');
});

test('a confirmation that is still open never deletes or merges a later topic, and a new name for a merged one comes back', async () => {
  const { site, editor } = await newsroom(['Coast', 'Shore']);
  await editor.post('/admin/topics/2/merge', { into: '1' });
  await addArticle(site, { topics: ['Sea'] });
  await unlink(site, 'Sea');
  await editor.post('/admin/topics/2/deletion');
  await editor.post('/admin/topics/2/merge', { into: '1' });
  expect(await stored(site, 'select id, name from topic order by id')).toEqual([{ id: 1, name: 'Coast' }, { id: 3, name: 'Sea' }]);
  const answer = await editor.post('/admin/topics/2/name', { before: 'Shore', name: 'Beach' });
  expect([answer.status, text(element(answer.text, 'dl', { class: 'facts' }))]).toEqual([404, 'NameBeach']);
});

test('topics that have had the same name since migration 12 are offered for merging', async () => {
  const { site, editor } = await newsroom(['O’Brien', 'Sea']);
  await site.context.db.writer.updateTable('topic').set({ name: 'O\'Brien', name_key: 'obrien 2' }).where('id', '=', 2).execute();
  for (const [id, other] of [[1, 'O\'Brien'], [2, 'O’Brien']] as const) expect(elements((await editor.get(`/admin/topics/${id}`)).text, 'a').map(text)).toContain(`Merge into “${other}”`);
  await editor.post('/admin/topics/1/merge', { into: '2' });
  await addArticle(site, { topics: ['O’Brien', 'OBRIEN'] });
  expect(await stored(site, 'select id, name from topic')).toEqual([{ id: 2, name: 'O\'Brien' }]);
});

test('a topic is deleted only while it has no articles', async () => {
  const { site, editor } = await newsroom(['Coast', 'Sea']);
  expect(text(element((await editor.get('/admin/topics/1/deletion')).text, 'main'))).toContain('can’t be deleted');
  expect((await editor.post('/admin/topics/1/deletion')).status).toBe(409);
  await unlink(site, 'Coast');
  for (const attempt of [1, 2]) expect([attempt, (await editor.post('/admin/topics/1/deletion')).headers['location']]).toEqual([attempt, '/admin/topics?done=deletion']);
  expect(await stored(site, 'select name from topic')).toEqual([{ name: 'Sea' }]);
  expect(await stored(site, 'select count(*) as words from topic_word')).toEqual([{ words: 1 }]);
});

test('all topics without articles are deleted at once, with their former addresses', async () => {
  const { site, editor } = await newsroom(['Sea', 'Old'], ...Array.from({ length: 11 }, (_, page) => Array.from({ length: 50 }, (_entry, index) => `Topic ${page} ${index}`)));
  await renameNamed(site.context.db, 'topic', 'Old', { to: 'Older', language: 'en' }, now);
  await site.context.db.writer.deleteFrom('article_topic').where('topic_id', '>', 1).execute();
  expect(elements((await editor.get('/admin/topics/unused')).text, 'button').map(text)).toContain('Delete 551 topics');
  expect((await editor.post('/admin/topics/unused')).headers['location']).toBe('/admin/topics?deleted=551');
  expect(await stored(site, 'select name from topic')).toEqual([{ name: 'Sea' }]);
  expect([await stored(site, 'select * from old_slug'), await stored(site, 'select * from old_name')]).toEqual([[], []]);
  expect((await editor.get('/admin/topics/unused')).text).toContain('nothing to delete');
});

test('scripts get names to suggest, contributors too', async () => {
  const { site } = await newsroom(['Coast', 'Coal']);
  const contributor = await signIn(site, (await makeEditor(site, { role: 'contributor' })).email);
  const names = async (q: string): Promise<unknown> => (await contributor.get(`/admin/topics/suggestions?q=${q}`).set('Accept', 'application/json')).body;
  expect([await names('CÓA'), await names('coast'), await names('')]).toEqual([{ names: ['Coal', 'Coast'] }, { names: ['Coast'] }, { names: [] }]);
});

test('a topic that does not exist answers 404', async () => {
  const { editor } = await newsroom();
  for (const id of ['1', '0', 'x', '99999999999']) expect((await editor.get(`/admin/topics/${id}`)).status).toBe(404);
});

test('a topic and an author that occur only in unpublished articles have no link to a page that readers see', async () => {
  const { site, editor } = await newsroom(['Coast']);
  await addArticle(site, { topics: ['Coast', 'Secret'], authors: ['Ada Byron'], publishedAt: now + 3_600_000 });
  const links = async (page: string) => elements((await editor.get(page)).text, 'a').filter((link) => text(link) === 'View the page that readers see').map(({ attribs }) => attribs['href']);
  expect([await links('/admin/topics/1'), await links('/admin/topics/2'), await links('/admin/authors/1')]).toEqual([['/topics/coast'], [], []]);
});
