import request from 'supertest';
import { expect, test } from 'vitest';
import { makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { change, open, problemsOf, send, write } from '../../support/article-form.ts';
import { element, elements, text } from '../../support/html.ts';
import { storePicture } from '../../support/pictures.ts';
import { addArticle, emptySite, stored, type TestSite } from '../../support/test-site.ts';

async function newsroom(): Promise<{ site: TestSite; ada: Browser; ben: Browser }> {
  const site = await emptySite();
  await addArticle(site, { title: 'Sport today', theme: 'Sport' });
  const [ada, ben] = [await makeEditor(site, { role: 'editor', name: 'Ada Example' }), await makeEditor(site, { role: 'editor' })];
  return { site, ada: await signIn(site, ada.email), ben: await signIn(site, ben.email) };
}

const ticked = (ids: number[]) => Object.fromEntries(ids.map((id) => [`article-${id}`, '1']));
const leftOut = (html: string) => elements(html, 'ul', { class: 'left-out' }).flatMap(({ children }) => children.map(text).filter(Boolean));
const titlesIn = async ({ app }: TestSite, theme: string) => (await request(app).get(`/themes/${theme}/feed.json`)).body.items.map(({ title }: { title: string }) => title);

test('the theme of drafts, scheduled, published and imported articles changes, with a revision and an entry in the audit log for each', async () => {
  const { site, ada } = await newsroom();
  const imported = (await addArticle(site, { title: 'Imported', theme: 'World' })).id;
  const ids = [await write(ada, 'draft', { title: 'Draft' }), await write(ada, 'schedule', { title: 'Scheduled', publishedAt: '2025-05-02T10:00' }), await write(ada, 'publication', { title: 'Published' }), imported];
  expect(await titlesIn(site, 'sport')).toEqual(['Sport today']);
  const answer = await ada.post('/admin/bulk/theme', { ...ticked(ids), theme: 'sport', list: 'status=published&after=1-2&x=y' });
  expect(answer.headers['location']).toBe('/admin/articles?status=published&after=1-2&done=bulk-theme&count=4');
  expect(text(element((await ada.get('/admin/articles?done=bulk-theme&count=4')).text, 'p', { class: 'notice' }))).toBe('4 articles now have the new theme.');
  expect((await titlesIn(site, 'sport')).toSorted()).toEqual(['Imported', 'Published', 'Sport today']);
  for (const id of ids) expect((await open(ada, id))['theme']).toBe('Sport');
  expect(await stored(site, 'select article.title, kind, updated_at, published_at is null as is_draft, public_revision_id = head_revision_id as is_public from article inner join revision on revision.id = head_revision_id order by article.id')).toMatchObject([
    { title: 'Imported', kind: 'theme change', updated_at: null, is_public: expect.anything() },
    { title: 'Draft', kind: 'theme change', is_public: null },
    { title: 'Scheduled', kind: 'theme change', is_public: expect.anything() },
    { title: 'Published', kind: 'theme change', updated_at: null, is_public: expect.anything() },
  ]);
  expect(await stored(site, "select article_id, detail from audit_log where action = 'article-theme' order by id")).toEqual(ids.map((id) => ({ article_id: id, detail: 'Sport' })));
});

test('an article that can’t be changed is named with the reason, and the others are changed', async () => {
  const { site, ada } = await newsroom();
  const withdrawn = await write(ada, 'publication', { title: 'Withdrawn' });
  await send(ada, withdrawn, 'withdrawal', { reason: 'Wrong.' });
  const changed = await write(ada, 'publication', { title: 'Changed' });
  await change(ada, changed, 'draft', { body: 'Not published yet' });
  const bare = (await addArticle(site, { title: 'Bare', picture: await storePicture(site, { width: 30, height: 20, alt: '' }) })).id;
  const fine = await write(ada, 'publication', { title: 'Fine' });
  const answer = await ada.post('/admin/bulk/theme', { ...ticked([withdrawn, changed, bare, fine, 999]), theme: 'Sport' });
  expect([answer.status, text(element(answer.text, 'h1'))]).toEqual([409, '4 articles were not changed']);
  expect(answer.text).toContain('The other one was changed.');
  expect(leftOut(answer.text)).toEqual(['Withdrawn It has been withdrawn.', 'Changed It has changes that are not published yet. Publish them first, or change the theme in its form.', 'Bare One of its pictures has no description.', 'Article 999 (deleted) It has been deleted.'].map((line) => line.replace(/ It| One/, (start) => start.trim())));
  expect((await open(ada, fine))['theme']).toBe('Sport');
  expect(await stored(site, 'select count(*) as count from revision where settled_at is null')).toEqual([{ count: 0 }]);
});

test('what colleagues are typing is merged with the new theme, and the editor’s own unsaved text stays unsaved', async () => {
  const { ada, ben } = await newsroom();
  const id = await write(ada, 'publication', { title: 'Lighthouse', body: 'One.' });
  const opened = await open(ben, id);
  await change(ada, id, 'autosave', { summary: 'Mine, not saved' });
  expect((await ada.post('/admin/bulk/theme', { ...ticked([id]), theme: 'Sport' })).status).toBe(303);
  expect((await ada.get(`/admin/articles/${id}`)).text).toContain('Mine, not saved');
  const saved = await send(ben, id, 'draft', { ...opened, body: 'Two.' });
  expect(saved.status).toBe(303);
  expect(await open(ben, id)).toMatchObject({ theme: 'Sport', body: 'Two.' });
});

test('without a selection the list comes back and says what to do', async () => {
  const { ada } = await newsroom();
  await write(ada, 'draft', { title: 'Draft' });
  const list = { list: 'status=draft' };
  const answers = [await ada.get(`/admin/bulk/theme?${new URLSearchParams(list)}`), await ada.get(`/admin/bulk/withdrawal?${new URLSearchParams(list)}`), await ada.post('/admin/bulk/theme', { ...list, theme: 'Sport' }), await ada.post('/admin/bulk/withdrawal', { ...list, reason: 'Wrong.' })];
  for (const { status, text: html } of answers) {
    expect([status, problemsOf(html).join(' ')]).toEqual([422, expect.stringContaining('Select at least one article.')]);
    expect(elements(html, 'th', { class: 'record-title' }).map(text)).toEqual(['Draft']);
  }
});

test('the new theme is asked for on a page that lists the articles, and asked for again if it doesn’t exist', async () => {
  const { site, ada } = await newsroom();
  const [draft, withdrawn] = [await write(ada, 'draft', { title: 'Draft' }), await write(ada, 'publication', { title: 'Withdrawn' })];
  await send(ada, withdrawn, 'withdrawal', { reason: 'Wrong.' });
  const fields = { ...ticked([draft, withdrawn]), list: 'status=draft' };
  const asked = await ada.get(`/admin/bulk/theme?${new URLSearchParams(fields)}`);
  expect([text(element(asked.text, 'h1')), elements(asked.text, 'ul', { class: 'titles' }).map(text), leftOut(asked.text)]).toEqual(['Change the theme of one article', ['Draft'], ['WithdrawnIt has been withdrawn.']]);
  expect(elements(asked.text, 'option').map(text)).toEqual(['Choose a theme', 'Sport', 'World']);
  for (const [theme, problem] of [[' ', 'Choose the new theme.'], ['Sprot', 'There is no theme “Sprot”. Choose an existing one.']] as const) {
    const { status, text: html } = await ada.post('/admin/bulk/theme', { ...fields, theme });
    expect([status, text(element(html, 'p', { class: 'problem' })), elements(html, 'ul', { class: 'titles' }).map(text)]).toEqual([422, problem, ['Draft']]);
  }
  await site.context.db.writer.insertInto('theme').values(Array.from({ length: 200 }, (_, n) => ({ id: n + 100, slug: `theme-${n}`, name: `Theme ${n}`, name_key: `theme${n}`, feed_id: `urn:${n}` }))).execute();
  const typed = await ada.post('/admin/bulk/theme', { ...fields, theme: 'Sprot' });
  expect(element(typed.text, 'input', { id: 'theme' }).attribs['value']).toBe('Sprot');
});

test('a link of the list selects all of its articles', async () => {
  const { ada } = await newsroom();
  for (const title of ['One', 'Two']) await write(ada, 'draft', { title });
  const link = async (address: string) => element((await ada.get(address)).text, 'a', { 'data-select-all': 'Select all' });
  const all = (await link('/admin/articles?status=draft')).attribs['href'] ?? '';
  expect(elements((await ada.get(all)).text, 'input', { type: 'checkbox' }).filter(({ attribs }) => attribs['name'] !== 'mine').map(({ attribs }) => 'checked' in attribs)).toEqual([true, true]);
  const none = await link(all);
  expect([text(none), none.attribs['href']]).toEqual(['Select none', '/admin/articles?status=draft']);
});

test('several articles are withdrawn for one reason, after a page that lists them', async () => {
  const { site, ada } = await newsroom();
  const [one, two, draft] = [await write(ada, 'publication', { title: 'One' }), await write(ada, 'publication', { title: 'Two' }), await write(ada, 'draft', { title: 'A draft' })];
  const page = await ada.get(`/admin/bulk/withdrawal?${new URLSearchParams({ ...ticked([one, two, draft]), list: 'status=published' })}`);
  expect([text(element(page.text, 'h1')), elements(page.text, 'ul', { class: 'titles' }).map(text), leftOut(page.text)]).toEqual(['Withdraw 2 articles', ['One Two'], ['A draftIt is not published.']]);
  expect((await ada.get('/admin/bulk/withdrawal')).status).toBe(422);
  const refused = await ada.post('/admin/bulk/withdrawal', { ...ticked([one, two]), reason: 'x'.repeat(501) });
  expect([refused.status, text(element(refused.text, 'textarea')).length]).toEqual([422, 501]);
  const answer = await ada.post('/admin/bulk/withdrawal', { ...ticked([one, two]), reason: 'A hoax.', list: 'status=published' });
  expect(answer.headers['location']).toBe('/admin/articles?status=published&done=bulk-withdrawal&count=2');
  for (const slug of ['one', 'two']) expect((await request(site.app).get(`/articles/${slug}`)).status).toBe(410);
  expect(await stored(site, "select article_id, detail from audit_log where action = 'withdrawal' order by id")).toEqual([one, two].map((id) => ({ article_id: id, detail: 'A hoax.' })));
  const again = await ada.post('/admin/bulk/withdrawal', { ...ticked([one, draft]), reason: 'Again.' });
  expect([again.status, leftOut(again.text)]).toEqual([409, ['OneIt has been withdrawn.', 'A draftIt is not published.']]);
});
