import { expect, test } from 'vitest';
import { makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { open, readForm, send, write } from '../../support/article-form.ts';
import { emptySite, type TestSite } from '../../support/test-site.ts';

async function newsroom(): Promise<{ site: TestSite; editor: Browser }> {
  const site = await emptySite();
  return { site, editor: await signIn(site, (await makeEditor(site, { role: 'editor' })).email) };
}

async function actions({ context }: TestSite): Promise<string[]> {
  const rows = await context.db.reader.selectFrom('audit_log').select('action').where('article_id', 'is not', null).orderBy('id').execute();
  return rows.map(({ action }) => action);
}

const fourMore = ['once', 'more', 'and', 'again'];

test.each([
  ['draft', {}],
  ['submission', {}],
  ['schedule', { publishedAt: '2025-04-01T10:00' }],
  ['publication', {}],
  ['publication', { publishedAt: '2025-03-20T10:00', slug: 'chosen' }],
  ['publication', { publishedAt: '2025-03-01T10:00' }],
] as const)('sending a new article five times at once to %s with %o creates one article, once', async (resource, fields) => {
  const { site, editor } = await newsroom();
  const form: Record<string, string> = { ...readForm((await editor.get('/admin/articles/new')).text), title: 'Once', body: 'Text', theme: 'World', ...fields };
  const answers = await Promise.all(['first', ...fourMore].map(() => send(editor, form['uid'] ?? '', resource, form)));
  expect(answers.map(({ headers }) => headers['location']?.replace(/\?.*/, ''))).toEqual(Array(5).fill('/admin/articles/1'));
  expect(await actions(site)).toEqual([resource]);
  expect((await editor.get('/admin/articles/1')).text).not.toContain('You have unsaved changes');
});

test('sending an update five times records one update, with the time of the first', async () => {
  const { site, editor } = await newsroom();
  const id = await write(editor, 'publication');
  const form = { ...(await open(editor, id)), body: 'New', slug: '', publishedAt: '' };
  site.time.now += 60_000;
  const first = site.time.now;
  await send(editor, id, 'publication', form);
  site.time.now += 60_000;
  await Promise.all(fourMore.map(() => send(editor, id, 'publication', form)));
  expect(await actions(site)).toEqual(['publication', 'update']);
  const { updated_at: updatedAt } = await site.context.db.reader.selectFrom('article').select('updated_at').executeTakeFirstOrThrow();
  expect(updatedAt).toBe(first);
});

test('publishing a scheduled article five times at once publishes it once', async () => {
  const { site, editor } = await newsroom();
  const id = await write(editor, 'schedule', { publishedAt: '2025-04-01T10:00' });
  const form = await open(editor, id);
  const answers = await Promise.all(['first', ...fourMore].map(() => send(editor, id, 'publication', form)));
  expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(303));
  expect(await actions(site)).toEqual(['schedule', 'publication']);
});

test.each(['withdrawal', 'recall', 'deletion'])('a second %s is refused', async (resource) => {
  const { site, editor } = await newsroom();
  const id = await write(editor, resource === 'withdrawal' ? 'publication' : resource === 'recall' ? 'submission' : 'draft');
  const answers = await Promise.all(['first', 'second'].map(() => editor.post(`/admin/articles/${id}/${resource}`, { reason: 'Wrong.' })));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([303, resource === 'deletion' ? 404 : 409]);
  expect((await actions(site)).filter((action) => action === resource)).toEqual([resource]);
});

test('sending a form that scheduled an article again with another time is a conflict', async () => {
  const { site, editor } = await newsroom();
  const form: Record<string, string> = { ...readForm((await editor.get('/admin/articles/new')).text), title: 'Once', theme: 'World', publishedAt: '2025-04-01T10:00' };
  await send(editor, form['uid'] ?? '', 'schedule', form);
  const answer = await send(editor, form['uid'] ?? '', 'schedule', { ...form, publishedAt: '2025-04-02T10:00' });
  expect(answer.status).toBe(409);
  expect(await actions(site)).toEqual(['schedule']);
});
