import request from 'supertest';
import { expect, test } from 'vitest';
import { makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { change, open, send, write } from '../../support/article-form.ts';
import { elements, text } from '../../support/html.ts';
import { addArticle, emptySite, now, type TestSite } from '../../support/test-site.ts';

async function newsroom(): Promise<{ site: TestSite; ada: Browser; ben: Browser }> {
  const site = await emptySite();
  const [ada, ben] = [await makeEditor(site, { role: 'editor', name: 'Ada Example' }), await makeEditor(site, { role: 'editor', name: 'Ben Example' })];
  return { site, ada: await signIn(site, ada.email), ben: await signIn(site, ben.email) };
}

const titles = async (editor: Browser) => elements((await editor.get('/admin/articles')).text, 'th', { class: 'record-title' }).map(text);

test('deleting asks for confirmation on a page that names the draft and changes nothing', async () => {
  const { ada } = await newsroom();
  const id = await write(ada, 'draft', { title: 'The *Lighthouse*' });
  const page = await ada.get(`/admin/articles/${id}/deletion`);
  expect([page.status, page.text.includes('Lighthouse')]).toEqual([200, true]);
  expect(await titles(ada)).toEqual(['The Lighthouse']);
});

test('a published or scheduled article has no page for deletion, and the refusal says what to do', async () => {
  const { ada } = await newsroom();
  const ids = [await write(ada, 'publication'), await write(ada, 'schedule', { title: 'Later', publishedAt: '2099-01-01T10:00' })];
  for (const id of ids) {
    expect((await ada.get(`/admin/articles/${id}`)).text).not.toContain('/deletion');
    const page = await ada.get(`/admin/articles/${id}/deletion`);
    expect(page.status).toBe(409);
    expect(page.text).toContain('Only a draft that was never published can be deleted.');
  }
});

test('deleting a draft removes everything except its audit log entries', async () => {
  const { site, ada } = await newsroom();
  const id = await write(ada, 'draft', { title: 'Lighthouse', authors: 'Ada', topics: 'Coast' });
  await ada.post(`/admin/articles/${id}/presence`);
  const preview = (await change(ada, id, 'previews', { body: 'Shown' })).headers['location'] ?? '';
  expect((await ada.post(`/admin/articles/${id}/deletion`)).headers['location']).toBe('/admin/articles?done=deletion');
  expect((await ada.get('/admin/articles?done=deletion')).text).toContain('have been deleted');

  expect((await request(site.app).get(preview)).status).toBe(404);
  expect(await titles(ada)).toEqual([]);
  expect(elements((await ada.get('/admin/articles?q=lighthouse')).text, 'th', { class: 'record-title' })).toEqual([]);
  const { reader } = site.context.db;
  for (const table of ['revision', 'presence', 'preview', 'article_author', 'article_topic'] as const) expect(await reader.selectFrom(table).selectAll().execute(), table).toEqual([]);
  expect(await reader.selectFrom('audit_log').select('action').where('article_id', '=', id).orderBy('id').execute()).toEqual([{ action: 'draft' }, { action: 'preview' }, { action: 'deletion' }]);
});

test('an open page of a deleted draft does not affect a draft created later', async () => {
  const { ada, ben } = await newsroom();
  const id = await write(ada, 'draft', { title: 'Deleted' });
  const form = await open(ada, id);
  await ben.post(`/admin/articles/${id}/deletion`);
  const next = await write(ben, 'draft', { title: 'The next' });
  for (const resource of ['deletion', 'recall', 'presence', 'withdrawal', 'discard']) expect((await ada.post(`/admin/articles/${id}/${resource}`, { reason: 'Wrong.', revision: '1' })).status).toBe(404);
  await send(ada, id, 'draft', form);
  expect((await titles(ada)).toSorted()).toEqual(['Deleted', 'The next']);
  expect((await open(ben, next))['title']).toBe('The next');
});

test('an editor can delete anybody’s draft, a contributor only their own', async () => {
  const { site, ada } = await newsroom();
  const contributor = await signIn(site, (await makeEditor(site, { role: 'contributor' })).email);
  const [own, handedIn, others] = [await write(contributor, 'draft'), await write(contributor, 'submission'), await write(ada, 'draft')];
  expect((await contributor.post(`/admin/articles/${others}/deletion`)).status).toBe(403);
  expect((await contributor.post(`/admin/articles/${own}/deletion`)).status).toBe(303);
  expect((await ada.post(`/admin/articles/${handedIn}/deletion`)).status).toBe(303);
});

test('an imported draft can be deleted, but not an imported article that is published or scheduled', async () => {
  const { site, ada } = await newsroom();
  for (const [publishedAt, status] of [[null, 303], [now - 1000, 409], [now + 3_600_000, 409]] as const) {
    const { id } = await addArticle(site, { publishedAt });
    expect((await ada.post(`/admin/articles/${id}/deletion`)).status).toBe(status);
  }
});
