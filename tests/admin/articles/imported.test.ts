import request from 'supertest';
import { expect, test } from 'vitest';
import { makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { change, open, send } from '../../support/article-form.ts';
import { element, elements, text, within } from '../../support/html.ts';
import { addArticle, emptySite, now, type TestSite } from '../../support/test-site.ts';

async function newsroom(): Promise<{ site: TestSite; ada: Browser; ben: Browser }> {
  const site = await emptySite();
  const [ada, ben] = [await makeEditor(site, { role: 'editor', name: 'Ada Example' }), await makeEditor(site, { role: 'editor', name: 'Ben Example' })];
  return { site, ada: await signIn(site, ada.email), ben: await signIn(site, ben.email) };
}

const body = 'The first line.\n\nThe second line.\n\nThe third line.';

test('the form of an imported article contains everything that was imported', async () => {
  const { site, ada } = await newsroom();
  const imported = { title: 'A *title*', standfirst: 'S', summary: 'M', body: '\n\n  Indented\n', theme: 'World', topics: ['One', 'Two'], authors: ['Ada', 'King, Jr., Ben'], slug: 'chosen', language: 'ro', publishedAt: Date.parse('2025-03-20T10:00:14Z') };
  const { id } = await addArticle(site, imported);
  expect(await open(ada, id)).toMatchObject({ ...imported, topics: 'One\nTwo', authors: 'Ada\nKing, Jr., Ben', publishedAt: '2025-03-20T10:00:14', base: '' });
});

test('changes of two editors to an imported article are merged, with the import as their common base', async () => {
  const { site, ada, ben } = await newsroom();
  const { id } = await addArticle(site, { body });
  const [one, other] = [await open(ada, id), await open(ben, id)];
  await send(ada, id, 'publication', { ...one, body: body.replace('first', '1st') });
  expect((await send(ben, id, 'draft', { ...other, body: body.replace('third', '3rd') })).status).toBe(303);
  expect((await open(ada, id))['body']).toBe(body.replace('first', '1st').replace('third', '3rd'));
});

test('overlapping changes to an imported article are a conflict', async () => {
  const { site, ada, ben } = await newsroom();
  const { id } = await addArticle(site, { body });
  const [one, other] = [await open(ada, id), await open(ben, id)];
  await send(ada, id, 'draft', { ...one, body: body.replace('second', '2nd') });
  const answer = await send(ben, id, 'draft', { ...other, body: body.replace('second', 'other') });
  expect([answer.status, elements(answer.text, 'fieldset').length]).toEqual([409, 1]);
});

test('the imported text is the first revision, and can be compared and restored', async () => {
  const { site, ada } = await newsroom();
  const { id, slug } = await addArticle(site, { body });
  await change(ada, id, 'publication', { body: 'Other' });
  const rows = within(element((await ada.get(`/admin/articles/${id}/revisions`)).text, 'tbody'), 'tr').map(text);
  expect(rows).toEqual([expect.stringContaining('Ada Example Updated'), expect.stringContaining('Import Imported')]);
  expect((await ada.get(`/admin/articles/${id}/comparison?from=1&to=2`)).status).toBe(200);
  await ada.post(`/admin/articles/${id}/restoration`, { revision: '1' });
  expect((await open(ada, id))['body']).toBe(body);
  expect((await request(site.app).get(`/articles/${slug}`)).text).toContain('Other');
});

test('an imported article that nobody has edited has no revisions, and can be withdrawn, reinstated, recalled and previewed', async () => {
  const { site, ada } = await newsroom();
  const { id, slug } = await addArticle(site, { body });
  const before = (await request(site.app).get(`/articles/${slug}`)).text;
  for (const path of ['revisions', 'withdrawal']) expect((await ada.get(`/admin/articles/${id}/${path}`)).status).toBe(200);
  expect((await ada.get(`/admin/articles/${id}/comparison?from=1&to=2`)).status).toBe(404);
  await ada.post(`/admin/articles/${id}/withdrawal`, { reason: 'Wrong.' });
  expect((await request(site.app).get(`/articles/${slug}`)).status).toBe(410);
  await ada.post(`/admin/articles/${id}/reinstatement`);
  expect((await request(site.app).get(`/articles/${slug}`)).text).toBe(before);
  const preview = (await change(ada, id, 'previews')).headers['location'] ?? '';
  expect((await request(site.app).get(preview)).text).toContain('The first line.');

  const scheduled = await addArticle(site, { publishedAt: now + 3_600_000 });
  expect((await ada.post(`/admin/articles/${scheduled.id}/recall`)).status).toBe(303);
  site.time.now += 2 * 3_600_000;
  expect((await request(site.app).get(`/articles/${scheduled.slug}`)).status).toBe(404);
  const again = await change(ada, scheduled.id, 'publication', { publishedAt: '' });
  expect(again.status).toBe(303);
  expect((await request(site.app).get(`/articles/${scheduled.slug}`)).status).toBe(200);
});

test('the imported text of an article is not reported as another person’s save', async () => {
  const site = await emptySite();
  const ada = await signIn(site, (await makeEditor(site, { role: 'editor' })).email);
  const { id } = await addArticle(site);
  await change(ada, id, 'autosave', { body: 'Typed' });
  const { body } = await ada.post(`/admin/articles/${id}/presence`).set('Accept', 'application/json');
  expect(body).toEqual({ others: '', otherWindow: '' });
});
