import request from 'supertest';
import { expect, test } from 'vitest';
import { renameNamed } from '../../../src/storage/named/rename.ts';
import { saveSettings } from '../../../src/storage/site/settings.ts';
import { makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { change, write } from '../../support/article-form.ts';
import { elements, text } from '../../support/html.ts';
import { storePicture } from '../../support/pictures.ts';
import { addArticle, emptySite, now, stored, type TestSite } from '../../support/test-site.ts';

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

test('articles that were published today, sent back, or show a picture without a description are found, and editors see only their own if they wish', async () => {
  const { site, editor } = await newsroom();
  const contributor = await signIn(site, (await makeEditor(site, { role: 'contributor' })).email);
  const id = await write(contributor, 'submission', { title: 'Sent back' });
  await change(editor, id, 'return');
  await write(editor, 'draft', { title: 'My draft' });
  expect([await titles(editor, '?status=returned'), await titles(editor, '?status=draft'), await titles(editor, '?status=draft&mine=1')]).toEqual([['Sent back'], ['My draft'], ['My draft']]);

  await saveSettings(site.context.db, { zone: 'Europe/Bucharest' }, now);
  // The site's day begins at 22:00 UTC.
  const midnight = Date.parse('2025-03-22T22:00:00Z');
  for (const [title, publishedAt] of [['Yesterday', midnight - 1000], ['At midnight', midnight], ['Later today', now + 60_000], ['This morning', midnight + 60_000]] as const) await addArticle(site, { title, publishedAt });
  expect(await titles(editor, '?status=today')).toEqual(['This morning', 'At midnight']);

  const [bare, described] = [await storePicture(site, { width: 30, height: 20, alt: '' }), await storePicture(site, { width: 20, height: 30, alt: 'A ship' })];
  await addArticle(site, { title: 'Lead', picture: bare });
  await addArticle(site, { title: 'In the text', body: `![](picture:${bare})` });
  await addArticle(site, { title: 'Described here', picture: bare, pictureAlt: 'A harbour', body: `![A harbour](picture:${bare}) ![](picture:${described})` });
  await addArticle(site, { title: 'Draft', picture: bare, publishedAt: null });
  expect((await titles(editor, '?status=undescribed')).toSorted()).toEqual(['In the text', 'Lead']);
  await editor.post(`/admin/pictures/${bare}/details`, { version: '1', alt: '', decoration: '1' });
  expect(await titles(editor, '?status=undescribed')).toEqual([]);
});

test('published articles are sorted by publication or by their last change', async () => {
  const { site, editor } = await newsroom();
  for (const [title, hours] of [['Old', 30], ['New', 1], ['Middle', 5]] as const) await addArticle(site, { title, publishedAt: now - hours * 3_600_000 });
  await write(editor, 'draft', { title: 'Without a time' });
  const old = (await stored(site, "select id from article where title = 'Old'"))[0]?.['id'];
  await change(editor, Number(old), 'draft', { summary: 'Changed' });
  expect([await titles(editor, '?status=published'), await titles(editor, '?status=published&sort=publication')]).toEqual([['Old', 'New', 'Middle'], ['New', 'Middle', 'Old']]);
  expect([await titles(editor, '?sort=publication'), await titles(editor, '?status=changed&sort=publication')]).toEqual([['New', 'Middle', 'Old'], ['Old']]);
  expect(elements((await editor.get('/admin/articles?status=draft&sort=publication')).text, 'nav', { class: 'orders' })).toEqual([]);
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
  // A bookmarked address outlasts a new name; an unknown one does not show everything.
  await renameNamed(site.context.db, 'theme', 'Coast', { to: 'Shore', language: 'en' }, site.time.now);
  expect([await titles(editor, '?theme=coast'), await titles(editor, '?theme=shore'), await titles(editor, '?theme=nowhere'), await titles(editor, '?author=nobody')]).toEqual([['A draft lighthouse'], ['A draft lighthouse'], [], []]);
  expect(elements((await editor.get('/admin/articles?theme=coast')).text, 'option', { selected: '' }).map(({ attribs }) => attribs['value'])).toContain('shore');
  expect(elements((await request(site.app).get('/search?q=lighthouse')).text, 'li', { class: 'teaser' })).toHaveLength(1);
});

test('a draft is found by its current words, not by earlier ones', async () => {
  const { editor } = await newsroom();
  const id = await write(editor, 'draft', { body: 'windmill' });
  await change(editor, id, 'draft', { body: 'lighthouse' });
  expect([await titles(editor, '?q=windmill'), await titles(editor, '?q=lighthouse')]).toEqual([[], ['A Title']]);
});

test.each(['', '?status=scheduled', '?status=published', '?status=published&sort=publication', '?status=today', '?q=article'])('the pages of the list “%s” contain each article once', async (query) => {
  const { site, editor } = await newsroom();
  const isScheduled = query.includes('scheduled');
  for (let n = 0; n < 70; n += 1) await addArticle(site, { title: `Article ${n}`, publishedAt: now + (isScheduled ? 1 : -1) * 600_000 * (1 + Math.floor(n / 7)) });
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
    for (const name of ['q', 'status', 'theme', 'author', 'mine', 'sort', 'after', 'done', 'count']) expect((await editor.get(`/admin/articles?${new URLSearchParams({ [name]: odd })}`)).status, `${name}=${odd.slice(0, 20)}`).toBe(200);
  }
});
