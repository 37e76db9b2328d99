import { expect, test } from 'vitest';
import { mergeNamed } from '../../../src/storage/named/merge.ts';
import { addTheme } from '../../../src/storage/themes/edit-themes.ts';
import { makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { problemsOf } from '../../support/article-form.ts';
import { element, elements, text, within } from '../../support/html.ts';
import { storePicture } from '../../support/pictures.ts';
import { addArticles } from '../../support/storylines.ts';
import { addArticle, emptySite, now, stored, type TestSite } from '../../support/test-site.ts';

/** Each theme has one article, the first the latest. */
async function newsroom(...themes: string[]): Promise<{ site: TestSite; editor: Browser }> {
  const site = await emptySite();
  for (const [index, theme] of themes.entries()) await addArticle(site, { theme, publishedAt: now - index * 60_000 });
  return { site, editor: await signIn(site, (await makeEditor(site, { role: 'editor' })).email) };
}

/** Adds the theme “Sports”. Returns its id. */
async function addSports(site: TestSite): Promise<number> {
  const result = await addTheme(site.context.db, { name: 'Sports', language: 'en' }, 1, now);
  return 'added' in result ? result.added : 0;
}

/** The cells of the tables on a page. */
function rows(html: string): string[][] {
  return elements(html, 'tbody').flatMap((body) => within(body, 'tr')).map((row) => [...within(row, 'th'), ...within(row, 'td')].map(text));
}

const hidden = (html: string, name: string) => elements(html, 'input', { type: 'hidden', name })[0]?.attribs['value'] ?? '';

test('the list has the themes of the navigation in order, then all others by name', async () => {
  const { editor } = await newsroom('Old', 'Law', 'Food', 'Arts', 'Money', 'Books', 'Sport', 'World', 'Home', 'Travel', 'Health');
  await editor.post('/admin/themes', { name: 'New' });
  await editor.post('/admin/themes/1/place', { place: 'hidden', order: '' });
  const { text: html } = await editor.get('/admin/themes');
  expect(rows(html).map(([name]) => name)).toEqual(['Law', 'Food', 'Arts', 'Money', 'Books', 'Sport', 'World', 'Home', 'Travel', 'Health', 'New', 'Old']);
  expect(rows(html)[0]).toEqual(['Law', '1', 'By most recent articles', 'Move down']);
  expect(rows((await editor.get('/admin/themes?q=law')).text)[0]).toEqual(['Law', '1', 'By most recent articles']);
  expect(rows(html).slice(-3)).toEqual([['Health', '1', 'Under “More”'], ['New', '0', 'Not shown yet'], ['Old', '1', 'Hidden, under “More”']]);
  expect(rows((await editor.get('/admin/themes?q=TR')).text).map(([name]) => name)).toEqual(['Travel']);
  expect((await editor.get('/admin/themes?q=zzz')).text).toContain('No name contains these words.');
});

test('a long list continues on further pages', async () => {
  const { editor } = await newsroom();
  for (let n = 0; n < 52; n += 1) await editor.post('/admin/themes', { name: `Theme ${n + 10}` });
  const first = (await editor.get('/admin/themes')).text;
  const second = (await editor.get(element(first, 'a', { rel: 'next' }).attribs['href'] ?? '')).text;
  expect([rows(first).length, rows(second).map(([name]) => name), elements(second, 'a', { rel: 'next' })]).toEqual([50, ['Theme 60', 'Theme 61'], []]);
  for (const after of ['x', '99999999999']) expect((await editor.get(`/admin/themes?after=${after}`)).status).toBe(200);
});

test('a theme is added once, and a name that is missing, too long or in use is refused', async () => {
  const { editor, site } = await newsroom('World');
  expect((await editor.post('/admin/themes', { name: ' Arts  & Books ' })).headers['location']).toBe('/admin/themes/2?done=addition');
  expect(elements((await editor.get('/admin/articles/new')).text, 'option', { value: 'Arts & Books' })).toHaveLength(1);
  for (const [name, problem] of [['', 'Enter a name.'], ['x'.repeat(101), 'at most 100 characters'], ['WORLD', 'already a theme with this name: “World”']] as const) {
    const answer = await editor.post('/admin/themes', { name });
    expect([answer.status, problemsOf(answer.text).join()]).toEqual([422, expect.stringContaining(problem)]);
    expect(element(answer.text, 'input', { id: 'new_theme' }).attribs['value']).toBe(name);
  }
  expect(await stored(site, 'select name from theme')).toEqual([{ name: 'World' }, { name: 'Arts & Books' }]);
});

test('themes are moved one place with the buttons of the list, and to any place on their own pages', async () => {
  const { editor } = await newsroom('A', 'B', 'C');
  const navigation = async () => elements((await editor.get('/')).text, 'nav', { class: 'themes' }).flatMap((nav) => within(nav, 'a')).map(text).slice(0, -1).join('');
  const list = (await editor.get('/admin/themes')).text;
  expect(elements(list, 'button', { name: 'place' }).map(({ attribs }) => `${attribs['aria-label']} ${attribs['value']}`)).toEqual(['Move down: A 2', 'Move up: B 1', 'Move down: B 3', 'Move up: C 2']);
  expect((await editor.post('/admin/themes/2/place', { place: '1', order: hidden(list, 'order') })).headers['location']).toBe('/admin/themes?done=place#theme_2');
  expect(await navigation()).toBe('BAC');
  const page = (await editor.get('/admin/themes/3')).text;
  const options = elements(page, 'option').map((option) => ({ label: text(option), isChosen: 'selected' in option.attribs }));
  expect(options.map(({ label }) => label)).toEqual(['Automatic: after the chosen places, by most recent articles', '1 (now “B”)', '2 (now “A”)', '3', 'Hidden: only under “More”']);
  expect(options.findIndex(({ isChosen }) => isChosen)).toBe(0);
  await editor.post('/admin/themes/3/place', { place: '2', order: hidden(page, 'order') });
  expect(await navigation()).toBe('BCA');
  const late = await editor.post('/admin/themes/1/place', { place: '1', order: hidden(list, 'order') });
  expect([late.status, problemsOf(late.text).join()]).toEqual([409, expect.stringContaining('Somebody else has changed the order')]);
  for (const place of ['', '0', 'x']) expect((await editor.post('/admin/themes/1/place', { place })).status).toBe(422);
});

test('what readers see of a theme is changed; invalid input comes back with its problems', async () => {
  const { editor, site } = await newsroom('World');
  const picture = await storePicture(site, { width: 640, height: 400, alt: 'A globe' });
  const seen = hidden((await editor.get('/admin/themes/1')).text, 'seen');
  const refused = await editor.post('/admin/themes/1/details', { seen, name: '', description: 'x'.repeat(501), picture: 'globe' });
  expect([refused.status, problemsOf(refused.text).join()]).toEqual([422, expect.stringMatching(/Name: Enter a name.*Description: Use at most 500.*Picture: Enter the number/)]);
  expect([text(element(refused.text, 'textarea')), element(refused.text, 'input', { id: 'picture_number' }).attribs['value'], hidden(refused.text, 'seen')]).toEqual(['x'.repeat(501), 'globe', seen]);
  expect(problemsOf((await editor.post('/admin/themes/1/details', { seen, name: 'World', picture: '99' })).text).join()).toContain('There is no picture 99');
  expect((await editor.post('/admin/themes/1/details', { seen, name: 'Abroad', description: ' News\nfrom abroad. ', picture: String(picture) })).headers['location']).toBe('/admin/themes/1?done=details');
  expect(await stored(site, 'select name, slug, description, picture_id from theme')).toEqual([{ name: 'Abroad', slug: 'abroad', description: 'News from abroad.', picture_id: picture }]);
});

test('two editors can change different details; if they change the same, the second sees what the first has saved', async () => {
  const { editor, site } = await newsroom('World');
  const seen = hidden((await editor.get('/admin/themes/1')).text, 'seen');
  await editor.post('/admin/themes/1/details', { seen, name: 'Abroad', description: '', picture: '' });
  expect((await editor.post('/admin/themes/1/details', { seen, name: 'World', description: 'News', picture: '' })).status).toBe(303);
  const conflict = await editor.post('/admin/themes/1/details', { seen, name: 'World', description: 'All countries', picture: '' });
  expect([conflict.status, text(element(conflict.text, 'dl', { class: 'facts' })), text(element(conflict.text, 'textarea')), element(conflict.text, 'input', { id: 'name' }).attribs['value']]).toEqual([409, 'DescriptionNews', 'All countries', 'Abroad']);
  expect((await editor.post('/admin/themes/1/details', { seen: hidden(conflict.text, 'seen'), name: 'Abroad', description: 'All countries', picture: '' })).status).toBe(303);
  expect(await stored(site, 'select name, slug, description from theme')).toEqual([{ name: 'Abroad', slug: 'abroad', description: 'All countries' }]);
  expect((await editor.post('/admin/themes/1/details', { seen: 'null', name: 'Abroad', description: 'Mine', picture: '' })).status).toBe(409);
});

test('what was typed into the form of a theme that somebody else has merged comes back', async () => {
  const { editor } = await newsroom('World', 'Sport');
  await editor.post('/admin/themes/2/merge', { into: '1' });
  const answer = await editor.post('/admin/themes/2/details', { seen: '', name: 'Sports', description: 'Games <b>', picture: '' });
  expect([answer.status, text(element(answer.text, 'dl', { class: 'facts' }))]).toEqual([404, 'NameSports DescriptionGames <b>']);
  expect(answer.text).toContain('It may have been merged or deleted.');
});

test('a confirmation that is still open never deletes or merges a later theme', async () => {
  const { editor, site } = await newsroom('World');
  await editor.post('/admin/themes', { name: 'Wrold' });
  await editor.post('/admin/themes/2/deletion');
  expect((await editor.post('/admin/themes', { name: 'Sport' })).headers['location']).toBe('/admin/themes/3?done=addition');
  expect((await editor.post('/admin/themes/2/deletion')).status).toBe(404);
  await editor.post('/admin/themes/2/merge', { into: '1' });
  expect(await stored(site, 'select name from theme order by id')).toEqual([{ name: 'World' }, { name: 'Sport' }]);
});

test('names are sorted and found without regard to accents', async () => {
  const { editor } = await newsroom();
  for (const name of ['Zoo', 'Österreich', 'Oslo', 'Oxford', 'Ägypten', 'Art', 'Łódź']) await editor.post('/admin/themes', { name });
  const names = async (query: string) => rows((await editor.get(`/admin/themes${query}`)).text).map(([name]) => name);
  expect(await names('')).toEqual(['Ägypten', 'Art', 'Łódź', 'Oslo', 'Österreich', 'Oxford', 'Zoo']);
  for (const q of ['oster', 'Öster']) expect(await names(`?q=${encodeURIComponent(q)}`)).toEqual(['Österreich']);
});

test('a theme is merged after a page has said what will happen; a form that is sent twice does no harm', async () => {
  const { editor, site } = await newsroom('World', 'Football', 'Sport', 'Football');
  const page = (await editor.get('/admin/themes/2?q=spo')).text;
  expect(elements(page, 'ul', { class: 'places' }).map(text)).toEqual(['Merge into “Sport”']);
  expect(elements((await editor.get('/admin/themes/2')).text, 'ul', { class: 'places' }).map(text)).toEqual(['Merge into “Sport” Merge into “World”']);
  const form = (await editor.get('/admin/themes/2/merge?into=3')).text;
  expect(text(element(form, 'main'))).toContain('2 articles move from “Football” to “Sport”.');
  for (let times = 0; times < 2; times += 1) expect((await editor.post('/admin/themes/2/merge', { into: '3' })).headers['location']).toBe('/admin/themes/3?done=merge');
  expect(await stored(site, 'select name, count(*) as articles from theme join article on theme_id = theme.id group by theme.id, name order by theme.id')).toEqual([{ name: 'World', articles: 1 }, { name: 'Sport', articles: 3 }]);
  expect([(await editor.get('/admin/themes/2')).status, (await editor.post('/admin/themes/3/merge', { into: '2' })).status, (await editor.post('/admin/themes/3/merge', { into: '3' })).status]).toEqual([404, 409, 409]);
  expect((await editor.get('/admin/themes/3/merge?into=2')).headers['location']).toBe('/admin/themes/3');
});

test('while a large theme is being merged, its page says so', async () => {
  const { editor, site } = await newsroom('World', 'Sport');
  await addArticles(site, Array.from({ length: 250 }, (_, index) => `Match ${index + 1}`), 'Sport');
  expect((await editor.post('/admin/themes/2/merge', { into: '1' })).headers['location']).toBe('/admin/themes/1?done=moving');
  expect((await editor.get('/admin/themes/1?done=moving')).text).toContain('The articles are being moved.');
  await site.context.themeMerger.finish();
  expect((await editor.get('/admin/themes/2')).status).toBe(404);
  await mergeNamed(site.context.db, 'theme', { from: 1, into: await addSports(site) }, null, now);
  const page = (await editor.get('/admin/themes/1')).text;
  expect(elements(page, 'p', { class: 'notice' }).map(text)[0]).toBe('The articles of this theme are being moved to Sports. When all have been moved, this theme will be deleted and its address will redirect.');
  expect(elements(page, 'input', { id: 'merge_q' })).toEqual([]);
});

test('a theme without articles is deleted after a confirmation, another one is not', async () => {
  const { editor } = await newsroom('World');
  await editor.post('/admin/themes', { name: 'Wrold' });
  expect(elements((await editor.get('/admin/themes/1')).text, 'a', { href: '/admin/themes/1/deletion' })).toEqual([]);
  expect(elements((await editor.get('/admin/themes/2')).text, 'a', { href: '/admin/themes/2/deletion' })).toHaveLength(1);
  expect((await editor.get('/admin/themes/2/deletion')).text).toContain('Delete the theme “Wrold”?');
  expect((await editor.post('/admin/themes/2/deletion')).headers['location']).toBe('/admin/themes?done=deletion');
  expect([(await editor.get('/admin/themes/1/deletion')).status, (await editor.post('/admin/themes/1/deletion')).status, (await editor.post('/admin/themes/2/deletion')).status]).toEqual([409, 409, 404]);
});

test('the audit log tells who did what with which theme', async () => {
  const { editor, site } = await newsroom('World', 'Sport');
  const administrator = await signIn(site, (await makeEditor(site, { role: 'administrator' })).email);
  site.time.now += 1000;
  await editor.post('/admin/themes', { name: 'Wrold' });
  await editor.post('/admin/themes/3/deletion');
  await editor.post('/admin/themes/1/details', { seen: hidden((await editor.get('/admin/themes/1')).text, 'seen'), name: 'Abroad', description: '', picture: '' });
  for (const [place, order] of [['1', ''], ['hidden', '1'], ['automatic', '']] as const) await editor.post('/admin/themes/1/place', { place, order });
  await editor.post('/admin/themes/2/merge', { into: '1' });
  const lines = elements((await administrator.get('/admin/audit-log')).text, 'tr').slice(1, 8).map(text);
  const expected = ['Merged two themes Sport → Abroad', 'Moved a theme in the navigation Abroad: automatic place', 'Moved a theme in the navigation Abroad: hidden', 'Moved a theme in the navigation Abroad: place 1', 'Changed a theme World → Abroad', 'Deleted a theme Wrold', 'Added a theme Wrold'];
  expect(lines).toEqual(expected.map((line) => expect.stringContaining(line)));
});
