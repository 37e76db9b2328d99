import { expect, test } from 'vitest';
import { signatureVersion } from '../../../src/content/related/signature.ts';
import { wordTerms } from '../../../src/content/related/terms.ts';
import { inTransaction } from '../../../src/storage/database/database.ts';
import { requireVersion } from '../../../src/storage/related/signature-version.ts';
import { changeCounts, type DocumentFrequency } from '../../../src/storage/related/term-counts.ts';
import { makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { problemsOf, send, write } from '../../support/article-form.ts';
import { element, elements, text } from '../../support/html.ts';
import { addArticles, makeStoryline, placesOf, storeRelated } from '../../support/storylines.ts';
import { addArticle, emptySite, now, type TestSite } from '../../support/test-site.ts';

async function newsroom(): Promise<{ site: TestSite; editor: Browser }> {
  const site = await emptySite();
  return { site, editor: await signIn(site, (await makeEditor(site, { role: 'editor' })).email) };
}

function panel(html: string): string {
  return text(element(html, 'section', { 'aria-labelledby': 'storyline_heading' }));
}

/** The offered places, with their values. */
function choices(html: string): [string, string][] {
  const labels = elements(html, 'div', { class: 'choice' }).map(text);
  return elements(html, 'input', { type: 'radio' }).map(({ attribs }, index) => [attribs['value'] ?? '', labels[index] ?? '']);
}

/** The fields of the form that moves an article, as the page at an address has them. */
async function moveForm(editor: Browser, path: string): Promise<Record<string, string>> {
  const hidden = elements((await editor.get(path)).text, 'input', { type: 'hidden' });
  return Object.fromEntries(hidden.map(({ attribs }) => [attribs['name'] ?? '', attribs['value'] ?? '']));
}

test('the form says that an article is on its own, or in which storyline it is and who decided', async () => {
  const { site, editor } = await newsroom();
  const [one = 0, two = 0] = await addArticles(site, ['Fire at Heathrow', 'Heathrow *reopens*', 'Rugby']);
  expect(panel((await editor.get(`/admin/articles/${one}`)).text)).toContain('On its own');
  const storyline = await makeStoryline(site, [one, two]);
  const { text: html } = await editor.get(`/admin/articles/${one}`);
  expect(panel(html)).toMatch(/Heathrow reopens · 2 articles.*The program decided this/s);
  expect(elements(html, 'a', { href: `/admin/storylines/${storyline}` })).toHaveLength(1);
  expect(panel((await editor.get(`/admin/articles/${await write(editor, 'draft')}`)).text)).toContain('When the article is published');
});

test('the form shows the words that the article shares with its storyline, as they are typed', async () => {
  const { site, editor } = await newsroom();
  const body = 'The power was cut.';
  const ids = [(await addArticle(site, { title: 'Fire at Heathrow', body })).id, (await addArticle(site, { title: 'Heathrow and the Fire', body })).id];
  const counts = { heathrow: 3, fire: 40, the: 900, at: 800, power: 90, was: 200 };
  await requireVersion(site.context.db, signatureVersion, now);
  await inTransaction(site.context.db, (transaction) => changeCounts(transaction, 1000, Object.entries(counts).map(([word, articles]): DocumentFrequency => [wordTerms('en')(word), articles])));
  await makeStoryline(site, ids);
  expect(panel((await editor.get(`/admin/articles/${ids[0]}`)).text)).toContain('The other articles share these words: Heathrow, Fire, power.');
});

test('an article is moved to a storyline that a search finds', async () => {
  const { site, editor } = await newsroom();
  const [one = 0, two = 0, three = 0] = await addArticles(site, ['Heathrow fire', 'Rugby', 'Heathrow reopens', 'Heathrow closed']);
  await makeStoryline(site, [one, two], 'The airport');
  const path = `/admin/articles/${three}/storyline?q=heathrow`;
  const { text: html } = await editor.get(path);
  expect(choices(html)).toEqual([['article-4', expect.stringMatching(/Heathrow closed.*1 article · World/s)], ['storyline-1', expect.stringMatching(/The airport.*2 articles, such as “Heathrow fire”/s)]]);
  const answer = await editor.post(`/admin/articles/${three}/move`, { ...(await moveForm(editor, path)), to: 'storyline-1' });
  expect([answer.status, answer.headers['location']]).toEqual([303, `/admin/articles/${three}/storyline?done=move`]);
  expect(await placesOf(site)).toEqual({ 1: '1', 2: '1', 3: '1*', 4: 'alone' });
  const after = (await editor.get(answer.headers['location'] ?? '')).text;
  expect(text(element(after, 'main'))).toMatch(/Moved\..*The airport · 3 articles.*An editor decided this/s);
});

test('without a search, the storylines of similar articles are offered, but not its own', async () => {
  const { site, editor } = await newsroom();
  const [one = 0, two = 0, three = 0, four = 0] = await addArticles(site, ['One', 'Two', 'Three', 'Four', 'Five']);
  await makeStoryline(site, [one, two]);
  await makeStoryline(site, [three, four]);
  await storeRelated(site, one, [{ id: two, relevance: 0.5 }, { id: 5, relevance: 0.4 }, { id: four, relevance: 0.3 }, { id: three, relevance: 0.2 }]);
  expect(choices((await editor.get(`/admin/articles/${one}/storyline`)).text).map(([value]) => value)).toEqual(['article-5', 'storyline-2']);
});

test('a move without a choice, and one from or to a place that has changed, is refused with the search and the choice kept', async () => {
  const { site, editor } = await newsroom();
  const [one = 0, two = 0, three = 0] = await addArticles(site, ['Heathrow fire', 'Heathrow reopens', 'Rugby']);
  const path = `/admin/articles/${three}/storyline?q=heathrow`;
  const form = await moveForm(editor, path);
  const send = async (to: string) => {
    const { status, text: html } = await editor.post(`/admin/articles/${three}/move`, { ...form, to });
    return { status, html, problem: problemsOf(html).join() };
  };
  const none = await send('nothing');
  expect([none.status, none.problem, choices(none.html).length]).toEqual([422, expect.stringContaining('choose a storyline'), 2]);
  await makeStoryline(site, [one, two]);
  const gone = await send(`article-${one}`);
  expect([gone.status, gone.problem]).toEqual([409, expect.stringContaining('The storyline that you chose has changed')]);
  expect(choices(gone.html).map(([value]) => value)).toEqual(['storyline-1']);
  await makeStoryline(site, [three]);
  const moved = await send('storyline-1');
  expect([moved.status, moved.problem]).toEqual([409, expect.stringContaining('Somebody else has changed the storyline of this article')]);
  expect(elements(moved.html, 'input', { value: 'storyline-1' })[0]?.attribs).toHaveProperty('checked');
  expect(await placesOf(site)).toEqual({ 1: '1', 2: '1', 3: '2' });
});

test('an article begins a new storyline, with or without a name', async () => {
  const { site, editor } = await newsroom();
  const [one = 0, two = 0, three = 0] = await addArticles(site, ['One', 'Two', 'Three']);
  await makeStoryline(site, [one, two, three]);
  expect((await editor.post(`/admin/articles/${one}/new-storyline`, { seen: '1', name: '  ' })).status).toBe(303);
  expect((await editor.post(`/admin/articles/${two}/new-storyline`, { seen: '1', name: ' Heathrow   fire ' })).status).toBe(303);
  expect(await placesOf(site)).toEqual({ 1: '2*', 2: '3*', 3: '1' });
  expect((await editor.get(`/admin/articles/${one}/storyline?done=begin`)).text).toContain('The article has a storyline of its own.');
  expect(panel((await editor.get(`/admin/articles/${two}`)).text)).toMatch(/Heathrow fire · On its own.*An editor decided this/s);
  const long = await editor.post(`/admin/articles/${three}/new-storyline`, { seen: '1', name: 'x'.repeat(101) });
  expect([long.status, problemsOf(long.text).join(), elements(long.text, 'input', { id: 'storyline_name' })[0]?.attribs['value']]).toEqual([422, expect.stringContaining('at most 100 characters'), 'x'.repeat(101)]);
  expect((await editor.post(`/admin/articles/${one}/new-storyline`, { seen: '1', name: 'New' })).status).toBe(409);
  // Each of the three is the only one in its storyline now.
  expect((await editor.get(`/admin/articles/${one}/storyline`)).text).toContain('Later articles about the same event can join this one.');
  const [alone = 0] = await addArticles(site, ['Alone']);
  expect((await editor.post(`/admin/articles/${alone}/new-storyline`, { seen: '', name: '' })).headers['location']).toBe(`/admin/articles/${alone}/storyline?done=keep`);
  expect((await placesOf(site))[alone]).toBe('alone*');
});

test('a draft is put into a storyline before it is published, and stays there', async () => {
  const { site, editor } = await newsroom();
  const [one = 0, two = 0] = await addArticles(site, ['One', 'Two']);
  await makeStoryline(site, [one, two]);
  const id = await write(editor, 'draft', { title: 'Three' });
  expect((await editor.post(`/admin/articles/${id}/move`, { seen: '', to: 'storyline-1' })).status).toBe(303);
  site.time.now = now + 1000;
  await send(editor, id, 'publication', { ...(await moveForm(editor, `/admin/articles/${id}`)), title: 'Three', body: 'Text', theme: 'World' });
  expect((await placesOf(site))[id]).toBe('1*');
  expect(panel((await editor.get(`/admin/articles/${id}`)).text)).toContain('Three · 3 articles');
});

test('contributors see the storyline of their article, but no unpublished title and no link', async () => {
  const { site, editor } = await newsroom();
  const contributor = await signIn(site, (await makeEditor(site, { role: 'contributor' })).email);
  const own = await write(contributor, 'draft');
  const secret = await write(editor, 'draft', { title: 'A secret' });
  await makeStoryline(site, [own, secret]);
  const { text: html } = await contributor.get(`/admin/articles/${own}`);
  expect(panel(html)).toContain('Storyline 1 · 2 articles');
  expect(html).not.toContain('A secret');
  expect(html).not.toContain('/admin/storylines');
});
