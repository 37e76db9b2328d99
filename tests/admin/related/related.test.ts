import { expect, test } from 'vitest';
import { makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { problemsOf, write } from '../../support/article-form.ts';
import { elements, text, within } from '../../support/html.ts';
import { addArticles, makeStoryline, storeRelated } from '../../support/storylines.ts';
import { emptySite, type TestSite } from '../../support/test-site.ts';

/** Article 1 has the related articles 2, 3 and 4. */
async function newsroom(): Promise<{ site: TestSite; editor: Browser; choose(other: number, choice: string): ReturnType<Browser['post']> }> {
  const site = await emptySite();
  const editor = await signIn(site, (await makeEditor(site, { role: 'editor' })).email);
  await addArticles(site, ['One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven']);
  await storeRelated(site, 1, [{ id: 2, relevance: 0.5 }, { id: 3, relevance: 0.15 }, { id: 4, relevance: 0.05 }]);
  return { site, editor, choose: (other, choice) => editor.post('/admin/articles/1/related', { other: String(other), choice }) };
}

/** The items of the lists on the page: title, then buttons. */
async function lists(editor: Browser, query = ''): Promise<string[][]> {
  const { text: html } = await editor.get(`/admin/articles/1/related${query}`);
  return [...elements(html, 'ol', { class: 'others-list' }), ...elements(html, 'ul', { class: 'others-list' })].map((list) => within(list, 'li').map((item) => [within(item, 'a'), within(item, 'button')].flat().map(text).join(' ')));
}

test('the page lists the related articles by relevance, with their themes and dates', async () => {
  const { editor } = await newsroom();
  expect(await lists(editor)).toEqual([['Two Pin Hide', 'Three Pin Hide', 'Four Pin Hide']]);
  const items = elements((await editor.get('/admin/articles/1/related')).text, 'li').map(text);
  expect(items.filter((item) => /similar/i.test(item))).toEqual([expect.stringMatching(/Two World · .* · Very similar/), expect.stringMatching(/Three World · .* · Similar/), expect.stringMatching(/Four World · .* · Somewhat similar/)]);
});

test('the page says which articles readers see elsewhere on the article’s page, and that no more can be pinned', async () => {
  const { site, editor, choose } = await newsroom();
  const ids = await addArticles(site, ['Sport one', 'Sport two', 'Sport three', 'Sport four', 'Sport five', 'Sport six'], 'Sport');
  for (const id of ids.slice(0, 5)) expect((await choose(id, 'pinned')).status).toBe(303);
  const { text: html } = await editor.get('/admin/articles/1/related?q=six');
  const items = elements(html, 'li').map(text);
  expect(items.filter((item) => item.includes('“More on theme” shows this article already')).map((item) => item.split(' ')[0])).toEqual(['Two', 'Three', 'Four', 'Six']);
  expect(html).toContain('At most 5 articles can be pinned. Unpin one first.');
});

test('the page of a scheduled article says when the program looks for related articles', async () => {
  const { editor } = await newsroom();
  const id = await write(editor, 'schedule', { title: 'Later', publishedAt: '2025-04-01T10:00' });
  expect((await editor.get(`/admin/articles/${id}/related`)).text).toContain('When the article is published, the program looks for related articles.');
});

test('articles are pinned, moved, hidden, shown again and unpinned', async () => {
  const { editor, choose } = await newsroom();
  expect((await choose(5, 'pinned')).headers['location']).toBe('/admin/articles/1/related?done=pinned#article_5');
  await choose(3, 'pinned');
  expect(await lists(editor)).toEqual([['Five Move down Unpin Hide', 'Three Move up Unpin Hide'], ['Two Pin Hide', 'Four Pin Hide']]);
  await choose(3, 'pinned-0');
  await choose(2, 'hidden');
  expect(await lists(editor)).toEqual([['Three Move down Unpin Hide', 'Five Move up Unpin Hide'], ['Four Pin Hide'], ['Two Show again']]);
  await choose(2, 'none');
  await choose(5, 'none');
  expect(await lists(editor)).toEqual([['Three Unpin Hide'], ['Four Pin Hide']]);
  expect(elements((await editor.get('/admin/articles/1')).text, 'a', { href: '/admin/articles/1/related' }).map(text)).toEqual(['1 pinned, none hidden']);
});

test('a search finds published articles to pin', async () => {
  const { editor, choose } = await newsroom();
  await write(editor, 'draft', { title: 'Seven drafts' });
  await write(editor, 'schedule', { title: 'Seven scheduled', publishedAt: '2025-04-01T10:00' });
  expect((await lists(editor, '?q=seven')).at(-1)).toEqual(['Seven Pin']);
  expect((await editor.post('/admin/articles/1/related', { other: '7', choice: 'pinned', q: 'seven' })).headers['location']).toBe('/admin/articles/1/related?done=pinned&q=seven#article_7');
  for (const other of [2, 3, 4, 5]) await choose(other, 'pinned');
  expect((await lists(editor, '?q=six')).at(-1)).toEqual(['Six']);
});

test('an invalid choice, a sixth pin, and an article that readers can’t see are refused', async () => {
  const { editor, choose } = await newsroom();
  for (const [other, choice] of [[2, 'x'], [2, ''], [0, 'pinned-10']] as const) expect((await choose(other, choice)).status).toBe(422);
  expect((await editor.post('/admin/articles/1/related', {})).status).toBe(422);
  expect((await choose(9_999_999_999, 'pinned')).status).toBe(422);
  const gone = await choose(999, 'pinned');
  expect([gone.status, problemsOf(gone.text).join()]).toEqual([409, expect.stringContaining('Readers can’t see that article')]);
  for (const other of [2, 3, 4, 5, 6]) await choose(other, 'pinned');
  const full = await choose(7, 'pinned');
  expect([full.status, problemsOf(full.text).join()]).toEqual([409, expect.stringContaining('At most 5 articles')]);
});

test('the page says why a pinned article is left out', async () => {
  const { site, editor, choose } = await newsroom();
  for (const other of [2, 3]) await choose(other, 'pinned');
  await makeStoryline(site, [1, 2]);
  await editor.post('/admin/articles/3/withdrawal', { reason: 'Wrong.' });
  const items = elements((await editor.get('/admin/articles/1/related')).text, 'li').map(text).join('\n');
  expect(items).toMatch(/Two[^]*In the same storyline[^]*Three[^]*Readers can’t see this article/);
});
