import request from 'supertest';
import { expect, test } from 'vitest';
import { makeEditor, signIn, type Browser } from '../support/admin.ts';
import { change, open, problemsOf, readForm, write } from '../support/article-form.ts';
import { element, text } from '../support/html.ts';
import { emptySite, type TestSite } from '../support/test-site.ts';

async function newsroom(): Promise<{ site: TestSite; editor: Browser }> {
  const site = await emptySite();
  return { site, editor: await signIn(site, (await makeEditor(site, { role: 'editor' })).email) };
}

/** The title of the article at an address, or where it redirects, or its status. */
async function at({ app }: TestSite, slug: string): Promise<string | number> {
  const { status, headers, text: html } = await request(app).get(`/articles/${slug}`);
  return status === 200 ? text(element(html, 'h1')) : (headers['location'] ?? status);
}

test('two articles can swap their addresses: each address shows the article that took it last', async () => {
  const { site, editor } = await newsroom();
  const [alpha, beta] = [await write(editor, 'publication', { title: 'Alpha', slug: 'a' }), await write(editor, 'publication', { title: 'Beta', slug: 'b' })];
  await change(editor, alpha, 'publication', { slug: 'between' });
  await change(editor, beta, 'publication', { slug: 'a' });
  await change(editor, alpha, 'publication', { slug: 'b' });
  expect([await at(site, 'a'), await at(site, 'b'), await at(site, 'between')]).toEqual(['Beta', 'Alpha', '/articles/b']);
});

test('an address from before publication does not redirect', async () => {
  const { site, editor } = await newsroom();
  const id = await write(editor, 'schedule', { title: 'Alpha', slug: 'first', publishedAt: '2025-04-01T10:00' });
  await change(editor, id, 'schedule', { slug: 'second' });
  await change(editor, id, 'publication', { slug: 'third' });
  expect([await at(site, 'first'), await at(site, 'second'), await at(site, 'third')]).toEqual([404, 404, 'Alpha']);
});

test('the old address of a withdrawn article still redirects to its page, which answers 410', async () => {
  const { site, editor } = await newsroom();
  const id = await write(editor, 'publication', { slug: 'old' });
  await change(editor, id, 'publication', { slug: 'new' });
  await editor.post(`/admin/articles/${id}/withdrawal`, { reason: 'Wrong.' });
  expect([await at(site, 'old'), await at(site, 'new')]).toEqual(['/articles/new', 410]);
});

test('the address of another article is refused, even if that one is a draft, scheduled or withdrawn', async () => {
  const { editor } = await newsroom();
  await write(editor, 'draft', { title: 'A draft', slug: 'draft' });
  await write(editor, 'schedule', { title: 'Scheduled', slug: 'scheduled', publishedAt: '2025-04-01T10:00' });
  await editor.post(`/admin/articles/${await write(editor, 'publication', { title: 'Withdrawn', slug: 'withdrawn' })}/withdrawal`, { reason: 'Wrong.' });
  const id = await write(editor, 'draft');
  for (const slug of ['draft', 'scheduled', 'withdrawn']) {
    for (const resource of ['draft', 'publication', 'schedule']) {
      const answer = await change(editor, id, resource, { slug, body: 'Precious', publishedAt: resource === 'schedule' ? '2025-04-02T10:00' : '' });
      expect([answer.status, problemsOf(answer.text).join()]).toEqual([422, expect.stringContaining('Address: Another article already uses this address')]);
      expect(readForm(answer.text)).toMatchObject({ slug, body: 'Precious' });
    }
  }
  expect(await open(editor, id)).toMatchObject({ slug: '', body: 'The text.' });
});

test('articles with the same title get numbered addresses, a title in another script is transliterated, and a draft has no address yet', async () => {
  const { site, editor } = await newsroom();
  for (const title of ['Same', 'Same', '**Same**', '東京']) await write(editor, 'publication', { title });
  await write(editor, 'draft', { title: 'Same' });
  const slugs = (await site.context.db.reader.selectFrom('article').select('slug').orderBy('id').execute()).map(({ slug }) => slug);
  expect(slugs).toEqual(['same', 'same-2', 'same-3', 'dongjing', null]);
});
