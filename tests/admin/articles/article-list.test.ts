import request from 'supertest';
import { expect, test } from 'vitest';
import { makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { change, write } from '../../support/article-form.ts';
import { elements, text } from '../../support/html.ts';
import { addArticle, emptySite, now, type TestSite } from '../../support/test-site.ts';

async function newsroom(): Promise<{ site: TestSite; editor: Browser }> {
  const site = await emptySite();
  const { email } = await makeEditor(site, { role: 'editor' });
  return { site, editor: await signIn(site, email) };
}

async function titles(editor: Browser, query = ''): Promise<string[]> {
  const { status, text: html } = await editor.get(`/admin/articles${query}`);
  expect(status).toBe(200);
  return elements(html, 'th', { class: 'record-title' }).map(text);
}

test('articles are filtered by status, and scheduled ones are in the order of their publication', async () => {
  const { site, editor } = await newsroom();
  await write(editor, 'draft', { title: 'Draft' });
  await write(editor, 'submission', { title: 'Review' });
  await write(editor, 'schedule', { title: 'Later', publishedAt: '2025-05-02T10:00' });
  await write(editor, 'schedule', { title: 'Sooner', publishedAt: '2025-05-01T10:00' });
  await write(editor, 'publication', { title: 'Published' });
  await change(editor, await write(editor, 'publication', { title: 'Changed' }), 'draft', { title: 'Not seen yet' });
  const withdrawn = await write(editor, 'publication', { title: 'Withdrawn' });
  await editor.post(`/admin/articles/${withdrawn}/withdrawal`, { reason: 'Wrong.' });
  expect(await titles(editor, '?status=draft')).toEqual(['Draft']);
  expect(await titles(editor, '?status=review')).toEqual(['Review']);
  expect(await titles(editor, '?status=scheduled')).toEqual(['Sooner', 'Later']);
  expect(await titles(editor, '?status=published')).toEqual(['Changed', 'Published']);
  expect(await titles(editor, '?status=changed')).toEqual(['Changed']);
  expect(await titles(editor, '?status=withdrawn')).toEqual(['Withdrawn']);
  expect(await titles(editor)).toHaveLength(7);
  site.time.now = Date.parse('2025-05-01T12:00:00Z');
  expect(await titles(await signIn(site, (await makeEditor(site, { role: 'editor' })).email), '?status=scheduled')).toEqual(['Later']);
});

test('articles are filtered by theme, author and words, and editors, unlike readers, also find drafts and withdrawn articles', async () => {
  const { site, editor } = await newsroom();
  await write(editor, 'draft', { title: 'A draft lighthouse', theme: 'Coast', authors: 'Ada' });
  await write(editor, 'publication', { title: 'One', body: 'The lighthouse stands.', theme: 'World', authors: 'Ben' });
  const withdrawn = await write(editor, 'publication', { title: 'Gone', summary: 'A lighthouse.', theme: 'World', authors: 'Ada' });
  await editor.post(`/admin/articles/${withdrawn}/withdrawal`, { reason: 'Wrong.' });
  expect(await titles(editor, '?q=lighthouse')).toEqual(['Gone', 'One', 'A draft lighthouse']);
  expect(await titles(editor, '?q=lighthouse&theme=world')).toEqual(['Gone', 'One']);
  expect(await titles(editor, '?q=lighthouse&author=ada&status=withdrawn')).toEqual(['Gone']);
  expect(await titles(editor, '?theme=coast')).toEqual(['A draft lighthouse']);
  expect(elements((await request(site.app).get('/search?q=lighthouse')).text, 'li', { class: 'teaser' })).toHaveLength(1);
});

test('a draft is found by its current words, not by earlier ones', async () => {
  const { editor } = await newsroom();
  const id = await write(editor, 'draft', { body: 'windmill' });
  await change(editor, id, 'draft', { body: 'lighthouse' });
  expect([await titles(editor, '?q=windmill'), await titles(editor, '?q=lighthouse')]).toEqual([[], ['A Title']]);
});

test.each(['', '?status=scheduled', '?status=published', '?q=article'])('the pages of the list “%s” contain each article once', async (query) => {
  const { site, editor } = await newsroom();
  const isScheduled = query.includes('scheduled');
  for (let n = 0; n < 70; n += 1) await addArticle(site, { title: `Article ${n}`, publishedAt: now + (isScheduled ? 1 : -1) * 3_600_000 * (1 + Math.floor(n / 7)) });
  const seen: string[] = [];
  let next: string | undefined = `/admin/articles${query}`;
  while (next) {
    const { text: html } = await editor.get(next);
    seen.push(...elements(html, 'th', { class: 'record-title' }).map(text));
    next = elements(html, 'a', { rel: 'next' })[0]?.attribs['href'];
  }
  expect([seen.length, new Set(seen).size]).toEqual([70, 70]);
});

test('a contributor sees only their own articles', async () => {
  const { site, editor } = await newsroom();
  await write(editor, 'publication', { title: 'An editor’s' });
  const contributor = await signIn(site, (await makeEditor(site, { role: 'contributor' })).email);
  const id = await write(contributor, 'submission', { title: 'Mine' });
  await change(editor, id, 'publication');
  const { text: html } = await contributor.get('/admin/articles');
  expect(elements(html, 'th', { class: 'record-title' }).map(text)).toEqual(['Mine']);
  expect(elements(html, 'a').map(({ attribs }) => attribs['href'])).toContain('/articles/mine');
});

test('any filter value gets a page', async () => {
  const { editor } = await newsroom();
  for (const odd of ["' or 1=1 --", '"', '*', 'NEAR(', '1e9-1', '-1-1', '9999999999999999-9999999999', '\u0000', '🏴', 'x'.repeat(5000), '__proto__', '%', 'a b c "d e" -f']) {
    for (const name of ['q', 'status', 'theme', 'author', 'after', 'done']) expect((await editor.get(`/admin/articles?${new URLSearchParams({ [name]: odd })}`)).status, `${name}=${odd.slice(0, 20)}`).toBe(200);
  }
});
