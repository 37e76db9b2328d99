import { expect, test } from 'vitest';
import { browser, cookieOf, makeEditor, password, signIn, type Browser } from '../../support/admin.ts';
import { change, open, readForm, send, write } from '../../support/article-form.ts';
import { element, elements, text } from '../../support/html.ts';
import { dumpDatabase, emptySite, type TestSite } from '../../support/test-site.ts';

const day = 24 * 3_600_000;

async function newsroom(): Promise<{ site: TestSite; ada: Browser; email: string }> {
  const site = await emptySite();
  const { email } = await makeEditor(site, { role: 'editor', name: 'Ada Example' });
  return { site, ada: await signIn(site, email), email };
}

/** Signs in through the form of a page, sending all of its fields. Returns the page to which the form leads. */
async function signInFrom(site: TestSite, page: string, email: string): Promise<{ location: string; page: string }> {
  const fields = { ...readForm(page), next: element(page, 'input', { name: 'next' }).attribs['value'] ?? '', email, password };
  const answer = await browser(site).post('/admin/sign-in', fields);
  const location = answer.headers['location'] ?? '';
  return { location, page: (await browser(site, cookieOf(answer)).get(location)).text };
}

const whole = { title: ' “A” <b> & \'title\' ', standfirst: '\nStand', summary: '  two  spaces\n', picture: ' 7 or so', pictureAlt: ' A “harbour” <i>\n', pictureCaption: '*Dusk* &amp; "dawn"', body: '\r\n\r\n  Tab\there\r\n</textarea><script>alert(1)</script>\r\nعربي 🏴󠁧󠁢󠁳󠁣󠁴󠁿 &lt; &amp;amp; \r\n', theme: 'World', topics: 'One\r\nKing, Jr.', authors: 'Ada\r\nBen', language: 'x!', publishedAt: '2026-10-25T03:30', offset: '+02:00', slug: 'Not a slug' };
const wholeStored = Object.fromEntries(Object.entries(whole).map(([name, value]) => [name, value.replaceAll('\r\n', '\n')]));

test.each(['draft', 'submission', 'publication', 'schedule', 'autosave', 'previews'])('a text sent to %s without a valid session is not stored, and comes back completely', async (resource) => {
  const { site, ada, email } = await newsroom();
  const form: Record<string, string> = { ...readForm((await ada.get('/admin/articles/new')).text), ...whole };
  const before = await dumpDatabase(site);
  for (const sender of [browser(site), browser(site, 'session=00'), browser(site, `session=${'0'.repeat(64)}`)]) {
    const answer = await send(sender, form['uid'] ?? '', resource, form);
    expect(answer.status).toBe(401);
    expect(elements(answer.text, 'script').map(({ attribs }) => attribs['type'])).toEqual(['module']);
    // An HTML parser reads CRLF as LF (HTML, 13.2.3.5).
    expect(readForm(answer.text.replaceAll('\r\n', '\n'))).toEqual({ ...form, ...wholeStored });
  }
  expect(await dumpDatabase(site)).toEqual(before);

  const { location, page } = await signInFrom(site, (await send(browser(site), form['uid'] ?? '', resource, form)).text, email);
  expect(location).toBe('/admin/articles/1?done=sign-in');
  expect(page).toContain('nothing was submitted or published');
  // The form has an offset field only for a time that occurs twice in the site's zone.
  expect(readForm(page)).toEqual({ ...wholeStored, offset: undefined, uid: form['uid'], article: '1', base: '' });
});

test('a carried text survives any number of wrong passwords', async () => {
  const { site, ada, email } = await newsroom();
  const id = await write(ada, 'draft');
  const form = { ...(await open(ada, id)), body: '\n\n“Precious”\n' };
  let page = (await send(browser(site), id, 'draft', form)).text;
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const next = element(page, 'input', { name: 'next' }).attribs['value'] ?? '';
    page = (await browser(site).post('/admin/sign-in', { ...readForm(page), next, email: attempt % 2 ? email : 'nobody@news.example', password: 'wrong password indeed' })).text;
    expect(readForm(page)).toEqual(form);
  }
  site.time.now += day;
  const { location } = await signInFrom(site, page, email);
  expect(location).toBe(`/admin/articles/${id}?done=sign-in`);
  expect((await open(await signIn(site, email), `${id}?revision=2`))['body']).toBe('\n\n“Precious”\n');
});

test('the first text of a new article, sent with a recently expired session, creates its draft', async () => {
  const { site, ada, email } = await newsroom();
  const form: Record<string, string> = { ...readForm((await ada.get('/admin/articles/new')).text), title: 'T', body: '\nPrecious' };
  site.time.now += 4 * day;
  const answer = await send(ada, form['uid'] ?? '', 'publication', form);
  expect([answer.status, answer.text.includes('Your text is saved')]).toEqual([401, true]);
  const next = element(answer.text, 'input', { name: 'next' }).attribs['value'] ?? '';
  const again = await signIn(site, email);
  expect((await again.get(next)).headers['location']).toBe('/admin/articles/1?done=sign-in');
  expect((await open(again, 1))['body']).toBe('\nPrecious');
  expect((await site.context.db.reader.selectFrom('article').select('published_at').executeTakeFirstOrThrow()).published_at).toBe(null);
});

test('a text from a disabled editor is not stored, and comes back', async () => {
  const { site, ada, email } = await newsroom();
  const id = await write(ada, 'draft');
  const form = { ...(await open(ada, id)), body: 'Typed' };
  await site.context.db.writer.updateTable('editor').set({ disabled_at: site.time.now }).where('email', '=', email).execute();
  for (const days of [0, 4]) {
    site.time.now += days * day;
    const before = await dumpDatabase(site);
    const answer = await send(ada, id, 'draft', form);
    expect([answer.status, readForm(answer.text)['body']]).toEqual([401, 'Typed']);
    expect(await dumpDatabase(site)).toEqual(before);
  }
});

test('a text that a contributor with an expired session sends to a colleague’s article is not stored, and comes back', async () => {
  const { site, ada } = await newsroom();
  const { email } = await makeEditor(site, { role: 'contributor' });
  const contributor = await signIn(site, email);
  const id = await write(ada, 'draft');
  const form = { ...(await open(ada, id)), body: 'Typed' };
  site.time.now += 4 * day;
  const answer = await send(contributor, id, 'draft', form);
  expect([answer.status, readForm(answer.text)['body']]).toEqual([401, 'Typed']);
  expect(await site.context.db.reader.selectFrom('revision').select('kind').execute()).toEqual([{ kind: 'draft' }]);
});

test('after signing out, here or everywhere, a text that is sent is not stored and comes back', async () => {
  const { site, ada, email } = await newsroom();
  const id = await write(ada, 'draft');
  const form = { ...(await open(ada, id)), body: 'Typed' };
  const other = await signIn(site, email);
  await ada.post('/admin/sign-out');
  await (await signIn(site, email)).post('/admin/account/sessions', {});
  for (const signedOut of [ada, other]) expect(readForm((await send(signedOut, id, 'draft', form)).text)['body']).toBe('Typed');
  expect(await site.context.db.reader.selectFrom('revision').select('kind').execute()).toEqual([{ kind: 'draft' }]);
});

test('after an action without a text, the sign-in page says that nothing was changed and leads back to the article', async () => {
  const { site, ada } = await newsroom();
  const id = await write(ada, 'publication');
  await change(ada, id, 'draft', { body: 'Second' });
  site.time.now += 4 * day;
  for (const resource of ['withdrawal', 'restoration', 'discard']) {
    const answer = await ada.post(`/admin/articles/${id}/${resource}`, { reason: 'Wrong.', revision: '1' });
    expect([answer.status, answer.text.includes('Nothing was changed')]).toEqual([401, true]);
    expect(element(answer.text, 'input', { name: 'next' }).attribs['value']).toBe(`/admin/articles/${id}`);
  }
});

test('other forms in which people type come back after signing in, and are sent with one click', async () => {
  const { site, ada, email } = await newsroom();
  const id = await write(ada, 'publication');
  for (const [path, fields, back] of [[`/admin/articles/${id}/corrections`, { text: 'It was “2014” <b>\n\nnot 2013.' }, `/admin/articles/${id}/corrections`], ['/admin/themes', { name: 'Food & "drink"' }, '/admin/themes']] as const) {
    const signedOut = await browser(site).post(path, fields);
    expect(signedOut.status).toBe(401);
    const answer = await browser(site).post('/admin/sign-in', { ...fields, next: path, email, password });
    expect([answer.status, elements(answer.text, 'form').map(({ attribs }) => attribs['action']).includes(path), elements(answer.text, 'a').some(({ attribs }) => attribs['href'] === back)]).toEqual([200, true, true]);
    const typed = Object.fromEntries(elements(answer.text, 'textarea').map((area) => [area.attribs['name'] ?? '', text(area)]));
    expect(Object.keys(typed)).toEqual(Object.keys(fields));
    expect((await browser(site, cookieOf(answer)).post(path, typed)).status).toBe(303);
  }
});

