import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { renameNamed } from '../../../src/storage/named/rename.ts';
import { browser, makeEditor, password, signIn, type Browser } from '../../support/admin.ts';
import { change, open, readForm, send, write } from '../../support/article-form.ts';
import { element, elements, text, within } from '../../support/html.ts';
import { emptySite, now, type TestSite } from '../../support/test-site.ts';

const day = 24 * 3_600_000;

interface Newsroom {
  site: TestSite;
  ada: Browser;
  ben: Browser;
  emails: { ada: string; ben: string };
}

async function newsroom(): Promise<Newsroom> {
  const site = await emptySite();
  const [ada, ben] = [await makeEditor(site, { role: 'editor', name: 'Ada Example' }), await makeEditor(site, { role: 'editor', name: 'Ben Example' })];
  return { site, ada: await signIn(site, ada.email), ben: await signIn(site, ben.email), emails: { ada: ada.email, ben: ben.email } };
}

async function kinds({ context }: TestSite): Promise<string[]> {
  return (await context.db.reader.selectFrom('revision').select('kind').orderBy('id').execute()).map(({ kind }) => kind);
}

/** The text of the form's notice with that heading. */
function notice(html: string, heading: string): string {
  return text(elements(html, 'section', { 'aria-labelledby': heading })[0] ?? element(html, 'title'));
}

test('an autosave creates a revision, returns its id and time as JSON, and changes nothing else', async () => {
  const { site, ada } = await newsroom();
  const id = await write(ada, 'publication');
  const form = await open(ada, id);
  const answer = await ada.post(`/admin/articles/${id}/autosave`, { ...form, body: 'Typed' }).set('Accept', 'application/json');
  expect([answer.status, answer.body]).toEqual([200, { article: id, path: `/admin/articles/${id}`, revision: 2, at: '16:55:14', isRecreated: false, bodyPictures: [] }]);
  expect(await kinds(site)).toEqual(['publication', 'autosave']);
  expect(await open(ada, id)).toEqual(form);
});

test('unsaved changes are offered with their differences, can be continued, and are discarded only on request', async () => {
  const { ada, ben } = await newsroom();
  const id = await write(ada, 'draft', { body: 'The old words.' });
  await change(ada, id, 'autosave', { body: 'The new words.' });

  const page = (await ada.get(`/admin/articles/${id}`)).text;
  expect(notice(page, 'unsaved_heading')).toContain('You have unsaved changes');
  expect([...elements(page, 'del'), ...elements(page, 'ins')].map(text)).toEqual(['old', 'new']);
  expect((await ben.get(`/admin/articles/${id}`)).text).not.toContain('You have unsaved changes');
  expect((await open(ada, `${id}?revision=2`))['body']).toBe('The new words.');
  expect((await ada.get(`/admin/articles/${id}`)).text).toContain('You have unsaved changes');

  await ada.post(`/admin/articles/${id}/discard`, { revision: '2' });
  expect((await ada.get(`/admin/articles/${id}`)).text).not.toContain('You have unsaved changes');
  expect((await open(ada, `${id}?revision=2`))['body']).toBe('The new words.');
});

test('after saving, earlier autosaves are no longer offered', async () => {
  const { ada } = await newsroom();
  const id = await write(ada, 'draft');
  await change(ada, id, 'autosave', { body: 'One' });
  await change(ada, id, 'autosave', { body: 'Two' });
  await change(ada, id, 'draft', { body: 'Three' });
  expect((await ada.get(`/admin/articles/${id}`)).text).not.toContain('You have unsaved changes');
});

test('saving in one window leaves the unsaved changes of another window, which are offered and merged', async () => {
  const { ada } = await newsroom();
  const id = await write(ada, 'draft', { body: 'One.\n\nTwo.' });
  const form = await open(ada, id);
  const [one, other] = [{ ...form, window: randomUUID() }, { ...form, window: randomUUID() }];
  for (const body of ['One, in', 'One, in the first.\n\nTwo.']) await ada.post(`/admin/articles/${id}/autosave`, { ...one, body });
  await ada.post(`/admin/articles/${id}/autosave`, { ...other, body: 'One.\n\nTwo, in the other.' });
  expect((await send(ada, id, 'draft', { ...other, body: 'One.\n\nTwo, in the other.' })).status).toBe(303);
  const { text: html } = await ada.get(`/admin/articles/${id}`);
  expect(notice(html, 'unsaved_heading')).toContain('first');
  const path = within(elements(html, 'section', { 'aria-labelledby': 'unsaved_heading' })[0] ?? element(html, 'main'), 'a')[0]?.attribs['href'] ?? '';
  const taken = await ada.get(path);
  expect(element(taken.text, 'input', { name: 'window' }).attribs['value']).toBe(one.window);
  expect((await send(ada, id, 'draft', { ...readForm(taken.text), window: one.window })).status).toBe(303);
  expect((await open(ada, id))['body']).toBe('One, in the first.\n\nTwo, in the other.');
  expect(notice((await ada.get(`/admin/articles/${id}`)).text, 'unsaved_heading')).not.toContain('in the first.');
});

test('an untitled article whose publication failed is listed by its first words, and an empty one is not listed', async () => {
  const { ada } = await newsroom();
  const form = readForm((await ada.get('/admin/articles/new')).text);
  expect((await send(ada, form['uid'] ?? '', 'publication', { ...form, body: '## The minister\n\nsaid *so*.' })).status).toBe(422);
  const empty = readForm((await ada.get('/admin/articles/new')).text);
  const refused = await send(ada, empty['uid'] ?? '', 'publication', empty);
  expect([refused.status, text(element(refused.text, 'h1'))]).toEqual([422, 'Untitled']);
  const { text: html } = await ada.get('/admin/articles');
  expect(html).toContain('The minister said so');
  expect(html).not.toContain('Untitled');
});

test('a text with problems is saved as a revision and offered when the form is opened again', async () => {
  const { site, ada } = await newsroom();
  const id = await write(ada, 'draft');
  expect((await change(ada, id, 'draft', { language: 'english!', body: 'Precious' })).status).toBe(422);
  expect(await kinds(site)).toEqual(['draft', 'faulty']);
  expect(notice((await ada.get(`/admin/articles/${id}`)).text, 'unsaved_heading')).toContain('Precious');
});

test('a text sent with a session that expired less than a week ago is saved as a revision and offered after signing in', async () => {
  const { site, ada, emails } = await newsroom();
  const id = await write(ada, 'draft');
  const form = await open(ada, id);
  site.time.now += 9 * day;
  const answer = await send(ada, id, 'publication', { ...form, body: 'Typed too late' });
  expect(answer.status).toBe(401);
  expect(answer.text).toContain('Your text is saved');
  expect(await kinds(site)).toEqual(['draft', 'signed out']);
  expect(elements(answer.text, 'textarea')).toEqual([]);

  const next = element(answer.text, 'input', { name: 'next' }).attribs['value'] ?? '';
  const signedIn = await browser(site).post('/admin/sign-in', { email: emails.ada, password, next });
  expect(signedIn.headers['location']).toBe(`/admin/articles/${id}?done=sign-in`);
  expect(notice((await (await signIn(site, emails.ada)).get(`/admin/articles/${id}`)).text, 'unsaved_heading')).toContain('Typed too late');
});

test('a script learns that the session has expired and whether the text was saved', async () => {
  const { site, ada } = await newsroom();
  const id = await write(ada, 'draft');
  const form = await open(ada, id);
  site.time.now += 9 * day;
  const expired = await send(ada, id, 'autosave', { ...form, body: 'Late' }).set('Accept', 'application/json');
  expect([expired.status, expired.body.isStored]).toEqual([401, true]);
  const unknown = await send(browser(site), id, 'autosave', { ...form, body: 'Whose?' }).set('Accept', 'application/json');
  expect([unknown.status, unknown.body.isStored]).toEqual([401, false]);
});

test.each([['more than a week ago', 11], ['or never existed', 0]])('a text whose session expired %s is not stored, and is carried in the sign-in form until it is', async (_when, days) => {
  const { site, ada, emails } = await newsroom();
  const id = await write(ada, 'draft');
  const typed = { ...(await open(ada, id)), title: '"Quoted" <b>', body: '\n</textarea><script>alert(1)</script>\n' };
  site.time.now += days * day;
  const sender = days === 0 ? browser(site) : ada;

  const answer = await send(sender, id, 'draft', typed);
  expect(answer.status).toBe(401);
  expect(await kinds(site)).toEqual(['draft']);
  expect(elements(answer.text, 'script').map(({ attribs }) => attribs['type'])).toEqual(['module']);
  expect(readForm(answer.text)).toEqual(typed);

  const carried = { ...readForm(answer.text), next: element(answer.text, 'input', { name: 'next' }).attribs['value'] ?? '' };
  const again = await browser(site).post('/admin/sign-in', { ...carried, email: emails.ada, password: 'not the password' });
  expect(again.status).toBe(422);
  expect(readForm(again.text)).toEqual(typed);

  const signedIn = await browser(site).post('/admin/sign-in', { ...carried, email: emails.ada, password });
  expect(signedIn.headers['location']).toBe(`/admin/articles/${id}?done=sign-in`);
  expect(await kinds(site)).toEqual(['draft', 'signed out']);
  expect(notice((await (await signIn(site, emails.ada)).get(`/admin/articles/${id}`)).text, 'unsaved_heading')).toContain('alert(1)');
});

test('a name that was renamed in the meantime is not among the unsaved changes', async () => {
  const { site, ada } = await newsroom();
  const id = await write(ada, 'draft', { topics: 'Coast', authors: 'Ada Byron' });
  await send(ada, id, 'autosave', { ...(await open(ada, id)), body: 'Precious' });
  await renameNamed(site.context.db, 'topic', 'Coast', { to: 'Shore', language: 'en' }, now);
  const unsaved = element((await ada.get(`/admin/articles/${id}`)).text, 'section', { 'aria-labelledby': 'unsaved_heading' });
  expect(text(unsaved)).toContain('Precious');
  expect(text(unsaved)).not.toMatch(/Coast|Shore/);
});

test('a text sent to an article that was deleted while somebody edited it becomes a new draft', async () => {
  const { ada, ben } = await newsroom();
  const id = await write(ada, 'draft');
  const form = await open(ada, id);
  await ben.post(`/admin/articles/${id}/deletion`);
  const other = await write(ben, 'draft', { title: 'Another' });
  const answer = await send(ada, id, 'draft', { ...form, body: 'Precious' });
  expect(answer.status).toBe(303);
  const [, newId = ''] = /articles\/(\d+)/.exec(answer.headers['location'] ?? '') ?? [];
  expect(newId).not.toBe(String(other));
  expect((await open(ada, newId))['body']).toBe('Precious');
  expect((await open(ben, other))['title']).toBe('Another');
  expect((await ada.get(answer.headers['location'] ?? '')).text).toContain('Somebody deleted this draft while you were writing.');
});

test('a text is not published if its draft is deleted while the text is being rendered', async () => {
  const { site, ada, ben } = await newsroom();
  const id = await write(ada, 'draft');
  const form = await open(ada, id);
  const render = site.context.renderer.render.bind(site.context.renderer);
  const spy = vi.spyOn(site.context.renderer, 'render').mockImplementationOnce(async (...parts) => {
    await ben.post(`/admin/articles/${id}/deletion`);
    return render(...parts);
  });
  const answer = await send(ada, id, 'publication', { ...form, body: 'Precious', checked: '1' });
  spy.mockRestore();
  expect(answer.headers['location']).toContain('done=recreation');
  expect(await kinds(site)).toEqual(['autosave']);
});

test('a draft that was only autosaved before somebody deleted it is not published either', async () => {
  const { site, ada, ben } = await newsroom();
  const fields: Record<string, string> = { ...readForm((await ada.get('/admin/articles/new')).text), title: 'River', theme: 'World', body: 'Precious' };
  const { body } = await ada.post(`/admin/articles/${fields['uid']}/autosave`, fields).set('Accept', 'application/json');
  await ben.post(`${body.path}/deletion`);
  const answer = await send(ada, fields['uid'] ?? '', 'publication', { ...fields, article: String(body.article), checked: '1' });
  expect(answer.headers['location']).toContain('done=recreation');
  expect(await kinds(site)).toEqual(['autosave']);
});

test('an autosave says that it has kept the text of a deleted draft as a new one', async () => {
  const { ada, ben } = await newsroom();
  const id = await write(ada, 'draft');
  const form = await open(ada, id);
  await ben.post(`/admin/articles/${id}/deletion`);
  for (const body of ['Precious', 'Precious and more']) expect((await ada.post(`/admin/articles/${id}/autosave`, { ...form, body }).set('Accept', 'application/json')).body).toMatchObject({ isRecreated: true });
});

test('a draft that doesn’t validate also says in the end that somebody deleted it', async () => {
  const { ada, ben } = await newsroom();
  const id = await write(ada, 'draft');
  const form = await open(ada, id);
  await ben.post(`/admin/articles/${id}/deletion`);
  const refused = await send(ada, id, 'draft', { ...form, publishedAt: 'soon' });
  expect(refused.status).toBe(422);
  const { headers } = await send(ada, id, 'draft', { ...readForm(refused.text), publishedAt: '' });
  expect((await ada.get(headers['location'] ?? '')).text).toContain('Somebody deleted this draft while you were writing.');
});

test('a text is merged into an article that somebody else has made of a deleted draft', async () => {
  const { ada, ben } = await newsroom();
  const id = await write(ada, 'draft');
  const [adas, bens] = [await open(ada, id), await open(ben, id)];
  await ben.post(`/admin/articles/${id}/deletion`);
  const location = (await send(ada, id, 'draft', { ...adas, body: 'Precious' })).headers['location'] ?? '';
  const again = readForm((await ada.get(location)).text);
  expect((await send(ada, id, 'publication', { ...again, checked: '1' })).headers['location']).toContain('done=publication');
  const answer = await send(ben, id, 'publication', { ...bens, body: 'Another text' });
  expect([answer.status, text(element(answer.text, 'h1'))]).toEqual([409, 'You and Ada Example changed the same passage']);
});

test('a text is not published if its draft was deleted while somebody edited it', async () => {
  const { site, ada, ben } = await newsroom();
  const id = await write(ada, 'draft');
  const form = await open(ada, id);
  await ben.post(`/admin/articles/${id}/deletion`);
  const { headers } = await send(ada, id, 'publication', { ...form, body: 'Precious' });
  const page = (await ada.get(headers['location'] ?? '')).text;
  expect(page).toContain('Somebody deleted this draft while you were writing.');
  expect(await kinds(site)).toEqual(['autosave']);
  const again = await send(ada, Number(/articles\/(\d+)/.exec(headers['location'] ?? '')?.[1]), 'publication', { ...readForm(page), checked: '1' });
  expect(again.headers['location']).toContain('done=publication');
  expect(await kinds(site)).toEqual(['publication']);
});

test('a contributor’s text is saved as a revision if their article was published while they edited it', async () => {
  const { site, ben } = await newsroom();
  const { email } = await makeEditor(site, { role: 'contributor' });
  const contributor = await signIn(site, email);
  const id = await write(contributor, 'submission');
  const form = await open(contributor, id);
  await change(ben, id, 'publication');
  const answer = await send(contributor, id, 'draft', { ...form, body: 'Precious' });
  expect([answer.status, answer.text.includes('saved in the article’s revisions')]).toEqual([403, true]);
  expect(readForm(answer.text.replace('id="refused_body"', 'name="body"'))['body']).toBe('Precious');
  expect((await open(ben, `${id}?revision=3`))['body']).toBe('Precious');
});

const paragraphs = 'The bridge is open. It was closed for two years.\n\nTraffic flows.\n\nThe mayor was there.';

test('changes that don’t overlap with an earlier save are merged with it, saved and shown', async () => {
  const { ada, ben } = await newsroom();
  const id = await write(ada, 'draft', { body: paragraphs, topics: 'One' });
  const [first, second] = [await open(ada, id), await open(ben, id)];
  await send(ada, id, 'draft', { ...first, body: paragraphs.replace('two years', 'three years'), topics: 'One\nTwo' });
  const answer = await send(ben, id, 'draft', { ...second, body: paragraphs.replace('mayor', 'minister'), topics: 'One\nThree', title: 'New' });
  expect(answer.status).toBe(303);
  const page = (await ben.get(answer.headers['location'] ?? '')).text;
  expect(notice(page, 'merged_heading')).toContain('three years');
  const { body, topics, title } = await open(ada, id);
  expect([body, title]).toEqual([paragraphs.replace('two years', 'three years').replace('mayor', 'minister'), 'New']);
  expect(topics?.split('\n').toSorted()).toEqual(['One', 'Three', 'Two']);
});

test('merged changes are not published before the editor has seen them', async () => {
  const { site, ada, ben } = await newsroom();
  const id = await write(ada, 'draft', { body: paragraphs });
  const [first, second] = [await open(ada, id), await open(ben, id)];
  await send(ada, id, 'draft', { ...first, body: paragraphs.replace('two years', 'three years') });
  const answer = await send(ben, id, 'publication', { ...second, title: 'New' });
  expect((await site.context.db.reader.selectFrom('article').select('published_at').executeTakeFirstOrThrow()).published_at).toBe(null);
  const joined = await ben.get(answer.headers['location'] ?? '');
  expect(notice(joined.text, 'merged_heading')).toContain('then save it again');
  expect((await send(ben, id, 'publication', readForm(joined.text))).status).toBe(303);
  expect((await browser(site).get('/articles/new')).text).toContain('three years');
});

test('an update without changes does not publish what a colleague has saved since the form was opened', async () => {
  const { site, ada, ben } = await newsroom();
  const id = await write(ada, 'publication', { body: 'Published' });
  const stale = await open(ben, id);
  await change(ada, id, 'draft', { body: 'Not for readers yet' });
  expect((await send(ben, id, 'publication', stale)).headers['location']).toContain('joined=');
  expect((await browser(site).get('/articles/a-title')).text).toContain('Published');
});

test.each([
  ['mine', 'It was closed for four years.'],
  ['theirs', 'It was closed for three years.'],
  ['both', 'It was closed for four years.\n\nThe bridge is open. It was closed for three years.'],
])('overlapping changes are shown side by side, and the choice of “%s” is applied', async (choice, expected) => {
  const { ada, ben } = await newsroom();
  const id = await write(ada, 'draft', { body: paragraphs });
  const [first, second] = [await open(ada, id), await open(ben, id)];
  await send(ada, id, 'draft', { ...first, body: paragraphs.replace('two years', 'three years').replace('flows', 'runs') });
  const answer = await send(ben, id, 'publication', { ...second, body: paragraphs.replace('two years', 'four years').replace('mayor', 'minister') });
  expect(answer.status).toBe(409);
  expect(elements(answer.text, 'p', { class: 'version-text' }).map(text)).toEqual(['The bridge is open. It was closed for four years.', 'The bridge is open. It was closed for three years.']);
  expect((await open(ada, id))['body']).toContain('three years');

  const hidden = elements(answer.text, 'input', { type: 'hidden' }).map(({ attribs }) => [attribs['name'] ?? '', attribs['value'] ?? '']);
  const chosen = within(element(answer.text, 'fieldset'), 'input').map(({ attribs }) => attribs['name'] ?? '')[0] ?? '';
  const resolved = await ben.post(`/admin/articles/${id}/resolution`, { ...Object.fromEntries(hidden), [chosen]: choice });
  const form = readForm((await ben.get(resolved.headers['location'] ?? '')).text);
  expect((await open(ada, id))['body']).toContain('three years');
  expect((await send(ben, id, 'draft', form)).status).toBe(303);
  expect((await open(ada, id))['body']).toBe(`The bridge is open. ${expected}\n\nTraffic runs.\n\nThe minister was there.`);
});

test('a colleague’s save of a text that was never saved before is merged with what its author types on', async () => {
  const { site, ada, ben } = await newsroom();
  const form = readForm((await ada.get('/admin/articles/new')).text);
  const refused = await send(ada, form['uid'] ?? '', 'submission', { ...form, title: 'The bridge', body: paragraphs });
  expect(refused.status).toBe(422);
  const { id } = await site.context.db.reader.selectFrom('article').select('id').executeTakeFirstOrThrow();
  const adas = readForm(refused.text);
  expect((await change(ben, id, 'draft', { theme: 'World', body: paragraphs.replace('flows', 'runs') })).status).toBe(303);
  const answer = await send(ada, id, 'draft', { ...adas, title: 'The new bridge', body: paragraphs.replace('two years', 'three years') });
  expect(answer.status).toBe(303);
  expect(answer.status).toBe(303);
  expect(await open(ben, id)).toMatchObject({ title: 'The new bridge', theme: 'World', body: paragraphs.replace('two years', 'three years').replace('flows', 'runs') });
  const conflict = await send(ada, id, 'draft', { ...adas, title: 'Another bridge', body: paragraphs });
  expect(conflict.status).toBe(409);
});

test('after a conflict, an editor whose version is kept is told so, and the conflict page has a way back', async () => {
  const { ada, ben } = await newsroom();
  const id = await write(ada, 'draft');
  const [first, second] = [await open(ada, id), await open(ben, id)];
  await send(ada, id, 'draft', { ...first, title: 'Ada’s' });
  const answer = await send(ben, id, 'draft', { ...second, title: 'Ben’s' });
  expect(elements(answer.text, 'a', { href: `/admin/articles/${id}` }).map(text)).toContain('Back to the article');
  const hidden = elements(answer.text, 'input', { type: 'hidden' }).map(({ attribs }) => [attribs['name'] ?? '', attribs['value'] ?? '']);
  const resolved = await ben.post(`/admin/articles/${id}/resolution`, { ...Object.fromEntries(hidden), 'title-0': 'mine' });
  expect(notice((await ben.get(resolved.headers['location'] ?? '')).text, 'merged_heading')).toContain('The text below is your version. Check it, then save it again.');
});

test('a conflict of two windows of one editor speaks of windows, not of the editor’s name', async () => {
  const { ada } = await newsroom();
  const id = await write(ada, 'draft');
  const form = { ...(await open(ada, id)), window: randomUUID() };
  await send(ada, id, 'draft', { ...form, title: 'One' });
  const answer = await send(ada, id, 'draft', { ...form, title: 'Other', window: randomUUID() });
  expect([answer.status, text(element(answer.text, 'h1'))]).toEqual([409, 'You changed the same passage in two windows']);
  expect(elements(answer.text, 'label').map(text)).toEqual(['The version in this window', 'The version from the other window']);
});

test('changes that a third editor saves while a conflict is being resolved are merged too', async () => {
  const { site, ada, ben } = await newsroom();
  const { email } = await makeEditor(site, { role: 'editor' });
  const third = await signIn(site, email);
  const id = await write(ada, 'draft', { body: paragraphs });
  const [one, two] = [await open(ada, id), await open(ben, id)];
  await send(ada, id, 'draft', { ...one, title: 'Ada’s' });
  const answer = await send(ben, id, 'draft', { ...two, title: 'Ben’s' });
  const hidden = elements(answer.text, 'input', { type: 'hidden' }).map(({ attribs }) => [attribs['name'] ?? '', attribs['value'] ?? '']);
  await change(third, id, 'draft', { summary: 'A third’s' });
  const resolved = await ben.post(`/admin/articles/${id}/resolution`, { ...Object.fromEntries(hidden), 'title-0': 'mine' });
  await send(ben, id, 'draft', readForm((await ben.get(resolved.headers['location'] ?? '')).text));
  expect(await open(ada, id)).toMatchObject({ title: 'Ben’s', summary: 'A third’s' });
});

test('each editor sees who else has the article open and who has saved it', async () => {
  const { site, ada, ben } = await newsroom();
  const id = await write(ada, 'draft');
  const at = async (editor: Browser) => (await editor.post(`/admin/articles/${id}/presence`)).body;
  await at(ada);
  expect((await at(ben)).others).toBe('Ada Example has this article open too.');
  expect((await at(ada)).others).toBe('Ben Example has this article open too.');
  expect((await ada.get(`/admin/articles/${id}`)).text).toContain('Ben Example has this article open too.');
  await change(ben, id, 'draft', { body: 'New' });
  expect((await at(ada)).head).toMatchObject({ revision: 2, saved: expect.stringContaining('Ben Example saved this article') });
  site.time.now += 60_000;
  expect((await at(ada)).others).toBe('');
});

test('an editor who has an article open in two windows is told so in both, until one is closed', async () => {
  const { site, ada, ben } = await newsroom();
  const id = await write(ada, 'draft');
  const at = async (editor: Browser, window: string, more: Record<string, string> = {}) => (await editor.post(`/admin/articles/${id}/presence`, { window, ...more })).body;
  const told = expect.stringMatching(/^You have this article open in another window too/);
  expect((await at(ada, 'one')).otherWindow).toBe('');
  await change(ada, id, 'autosave', { body: 'From the first window' });
  expect((await at(ada, 'one')).otherWindow).toBe('');
  expect([(await at(ada, 'other')).otherWindow, (await at(ada, 'one')).otherWindow]).toEqual([told, told]);
  expect(await at(ben, 'third')).toMatchObject({ others: 'Ada Example has this article open too.', otherWindow: '' });
  // A hidden window may still have text, but its editor does not look at the article.
  site.time.now += 60_000;
  await at(ada, 'other', { hidden: '1' });
  site.time.now += 60_000;
  expect([(await at(ada, 'one')).otherWindow, (await at(ben, 'third')).others]).toEqual([told, 'Ada Example has this article open too.']);
  await at(ada, 'one', { closed: '1' });
  expect([(await at(ada, 'other', { hidden: '1' })).otherWindow, (await at(ben, 'third')).others]).toEqual(['', '']);
  await at(ada, 'one');
  site.time.now += 200_000;
  expect((await at(ada, 'other')).otherWindow).toBe('');
});

test('a contributor’s text carried through a sign-in is saved as a revision, even though their article has been published', async () => {
  const { site, ben } = await newsroom();
  const { email } = await makeEditor(site, { role: 'contributor' });
  const contributor = await signIn(site, email);
  const id = await write(contributor, 'submission');
  const typed = { ...(await open(contributor, id)), body: 'Precious' };
  await change(ben, id, 'publication');
  await browser(site).post('/admin/sign-in', { ...typed, email, password, next: `/admin/articles/${id}/draft` });
  expect((await open(ben, `${id}?revision=3`))['body']).toBe('Precious');
});

test('a carried text that the editor may not save is shown for copying', async () => {
  const { site, ada } = await newsroom();
  const { email } = await makeEditor(site, { role: 'contributor' });
  const id = await write(ada, 'draft');
  const answer = await browser(site).post('/admin/sign-in', { ...(await open(ada, id)), body: 'Precious', email, password, next: `/admin/articles/${id}/draft` });
  expect([answer.status, readForm(answer.text.replace('id="refused_body"', 'name="body"'))['body']]).toEqual([403, 'Precious']);
  expect(await kinds(site)).toEqual(['draft']);
});

test('sending a form twice and previewing a saved text leave no unsaved changes', async () => {
  const { ada, ben } = await newsroom();
  const id = await write(ada, 'publication');
  const form = await open(ada, id);
  await send(ada, id, 'draft', { ...form, body: 'Once' });
  await send(ada, id, 'draft', { ...form, body: 'Once' });
  await change(ben, id, 'publication', { body: 'Ben’s' });
  await change(ada, id, 'previews');
  expect((await ada.get(`/admin/articles/${id}`)).text).not.toContain('You have unsaved changes');
});

test('a colleague’s change of the address or time is not a conflict if the form did not change them', async () => {
  const { ada, ben } = await newsroom();
  const id = await write(ada, 'publication');
  const form = await open(ada, id);
  await change(ben, id, 'publication', { slug: 'other', publishedAt: '2025-03-20T10:00' });
  expect((await send(ada, id, 'draft', { ...form, body: 'Ada’s' })).status).toBe(303);
  expect(await open(ada, id)).toMatchObject({ slug: 'other', publishedAt: '2025-03-20T10:00', body: 'Ada’s' });
});

test('an autosave is refused if somebody else has signed in to the same browser since the form was opened', async () => {
  const { site, ada } = await newsroom();
  const id = await write(ada, 'draft');
  const answer = await ada.post(`/admin/articles/${id}/autosave`, { ...(await open(ada, id)), body: 'Whose?', editor: '77' }).set('Accept', 'application/json');
  expect([answer.status, answer.body]).toEqual([409, { problem: 'Somebody else has signed in to this browser.' }]);
  expect(await kinds(site)).toEqual(['draft']);
});
