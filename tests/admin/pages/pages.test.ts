import request from 'supertest';
import { expect, test } from 'vitest';
import { saveStaticPageText } from '../../../src/cli/static-page-text.ts';
import { browser, makeEditor, password, signIn, type Browser } from '../../support/admin.ts';
import { problemsOf, readTextAreas } from '../../support/article-form.ts';
import { element, elements, text } from '../../support/html.ts';
import { storePicture } from '../../support/pictures.ts';
import { emptySite, stored, type TestSite } from '../../support/test-site.ts';

async function newsroom(): Promise<{ site: TestSite; ada: Browser; ben: Browser }> {
  const site = await emptySite();
  const open = async (name: string) => signIn(site, (await makeEditor(site, { role: 'editor', name })).email);
  return { site, ada: await open('Ada'), ben: await open('Ben') };
}

const about = { title: 'About us', path: 'about', body: 'We *are*.' };

async function create(editor: Browser, fields: Record<string, string> = about): Promise<string> {
  const { status, headers, text: html } = await editor.post('/admin/pages', fields);
  expect([status, problemsOf(html)]).toEqual([303, []]);
  return String(headers['location']).replace('?done=creation', '');
}

/** The values of the form's fields. */
function formOf(html: string): Record<string, string> {
  const inputs = ['path', 'base'].map((name) => [name, elements(html, 'input', { name })[0]?.attribs['value'] ?? '']);
  return Object.fromEntries([...readTextAreas(html), ...inputs]);
}

test('a new page is public at once and stands in the footer; the list has it with its address and author', async () => {
  const { site, ada } = await newsroom();
  expect(text(element((await ada.get('/admin/pages')).text, 'main'))).toContain('There are no pages yet');
  const address = await create(ada, { title: ' Über  uns ', path: '', body: 'We *are*.' });
  const { text: html } = await request(site.app).get('/uber-uns');
  expect([html.includes('<p>We <em>are</em>.</p>'), text(element(html, 'h1')), html.includes('<li><a href="/uber-uns">Über uns</a></li>')]).toEqual([true, 'Über uns', true]);
  const list = (await ada.get('/admin/pages')).text;
  expect(elements(list, 'tr').slice(1).map(text)).toEqual([expect.stringMatching(/^Über uns \/uber-uns .*, Ada/)]);
  expect(formOf((await ada.get(address)).text)).toEqual({ title: 'Über uns', path: 'uber-uns', body: 'We *are*.', base: '1' });
  // The form was sent twice.
  expect((await ada.post('/admin/pages', { title: 'Über uns', path: '', body: 'We *are*.' })).headers['location']).toBe(address);
});

test('an invalid page is refused with everything that was typed', async () => {
  const { site, ada } = await newsroom();
  await create(ada);
  const cases: [fields: Record<string, string>, problem: string][] = [
    [{ ...about, title: ' ', path: 'us' }, 'Title: A title is required.'],
    [{ ...about, path: 'Über uns' }, 'Address: Use lower-case letters'],
    [{ ...about, path: '/articles/one/' }, 'Address: The site itself uses addresses that begin with /articles. Choose a different one.'],
    [{ ...about, title: 'Another' }, 'Address: Another page already has this address.'],
    [{ title: '!', path: '', body: 'x' }, 'Address: Enter the page’s address.'],
    [{ ...about, path: 'us', body: `![](picture:${await storePicture(site, { alt: '' })})` }, 'Picture 1 in the text has no description.'],
  ];
  for (const [fields, problem] of cases) {
    for (const path of ['/admin/pages', ...(fields['path'] === '' ? [] : ['/admin/pages/1/text'])]) {
      if (path !== '/admin/pages' && fields['title'] === 'Another') continue;
      const answer = await ada.post(path, { ...fields, base: '1' });
      expect([answer.status, problemsOf(answer.text).join()], `${path} ${problem}`).toEqual([422, expect.stringContaining(problem)]);
      expect(formOf(answer.text)).toMatchObject({ title: fields['title'], body: fields['body'] });
    }
  }
  expect(await stored(site, 'select path, title, body from static_page')).toEqual([about]);
});

test('a changed address redirects from the old one', async () => {
  const { site, ada } = await newsroom();
  const address = await create(ada);
  expect((await request(site.app).get('/about')).status).toBe(200);
  expect((await ada.post(`${address}/text`, { ...about, path: 'policies/us', base: '1' })).headers['location']).toBe(`${address}?done=text`);
  const moved = await request(site.app).get('/about');
  expect([moved.status, moved.headers['location']]).toEqual([301, '/policies/us']);
  expect((await request(site.app).get('/policies/us')).status).toBe(200);
  await create(ada, { ...about, title: 'New' });
  expect(text(element((await request(site.app).get('/about')).text, 'h1'))).toBe('New');
});

test('two editors’ changes to different passages are merged, and saved once the second one has read the result', async () => {
  const { ada, ben } = await newsroom();
  const address = await create(ada, { ...about, body: 'One.\n\nTwo.\n\nThree.' });
  const opened = formOf((await ben.get(address)).text);
  await ada.post(`${address}/text`, { ...about, body: 'One!\n\nTwo.\n\nThree.', base: '1' });
  const answer = await ben.post(`${address}/text`, { ...opened, title: 'About', body: 'One.\n\nTwo.\n\nThree, four.' });
  expect([answer.status, text(element(answer.text, 'section', { role: 'alert' }))]).toEqual([409, expect.stringContaining('Ada saved this page while you were writing')]);
  expect(elements(answer.text, 'ins').map(text)).toEqual([', four']);
  const merged = formOf(answer.text);
  expect(merged).toMatchObject({ title: 'About', body: 'One!\n\nTwo.\n\nThree, four.', base: '2' });
  expect((await ben.post(`${address}/text`, merged)).status).toBe(303);
  // The form was sent twice.
  expect((await ben.post(`${address}/text`, merged)).status).toBe(303);
  expect(formOf((await ada.get(address)).text)).toEqual({ ...merged, base: '3' });
});

test('where two editors changed the same passage, the second one sees both versions', async () => {
  const { ada, ben } = await newsroom();
  const address = await create(ada);
  await ada.post(`${address}/text`, { ...about, body: 'We were.', base: '1' });
  const answer = await ben.post(`${address}/text`, { ...about, body: 'We will be.', base: '1' });
  expect([answer.status, text(element(answer.text, 'section', { role: 'alert' }))]).toEqual([409, expect.stringContaining('you both changed the same passage')]);
  expect([elements(answer.text, 'del').map(text), elements(answer.text, 'ins').map(text), formOf(answer.text)['body']]).toEqual([['were'], ['will be'], 'We will be.']);
  const unknown = await ben.post(`${address}/text`, { ...about, body: 'Mine.', base: '99999999999' });
  expect([unknown.status, formOf(unknown.text)['body']]).toEqual([409, 'Mine.']);
});

test('the text of a page that was deleted in the meantime can be saved as a new page', async () => {
  const { site, ada, ben } = await newsroom();
  const address = await create(ada);
  expect(text(element((await ada.get(`${address}/deletion`)).text, 'main'))).toContain('/about');
  expect((await ada.post(`${address}/deletion`)).headers['location']).toBe('/admin/pages?done=deletion');
  expect([(await ada.get(address)).status, (await ada.post(`${address}/deletion`)).status, (await request(site.app).get('/about')).status]).toEqual([404, 404, 404]);
  // A confirmation that is still open never deletes a later page.
  expect(await create(ada)).not.toBe(address);
  const answer = await ben.post(`${address}/text`, { ...about, base: '1' });
  expect([answer.status, element(answer.text, 'form', { class: 'article-form' }).attribs['action'], formOf(answer.text)]).toEqual([409, '/admin/pages', { ...about, base: '' }]);
});

test('revisions tell who saved what and when, are compared word by word, and restored', async () => {
  const { site, ada, ben } = await newsroom();
  const address = await create(ada);
  await saveStaticPageText(site.context, 'about', '---\ntitle: About us\n---\nWe were.\n');
  await ben.post(`${address}/text`, { ...about, path: 'us', body: 'We will be.', base: '2' });
  const list = (await ada.get(`${address}/revisions`)).text;
  expect(elements(list, 'tr').slice(1).map(text)).toEqual([expect.stringContaining('Ben Saved · published version'), expect.stringContaining('Command line Saved'), expect.stringContaining('Ada Saved')]);
  const comparison = (await ada.get(`${address}/comparison?from=3&to=1`)).text;
  expect([elements(comparison, 'dt').map(text), elements(comparison, 'del').map(text), elements(comparison, 'ins').map(text)]).toEqual([['Address', 'Body'], ['about', '*are*'], ['us', 'will be']]);
  expect((await ada.post(`${address}/restoration`, { revision: '1' })).headers['location']).toBe(`${address}?done=restoration`);
  expect((await request(site.app).get('/us')).text).toContain('<p>We <em>are</em>.</p>');
  expect(text(elements((await ada.get(`${address}/revisions`)).text, 'tr')[1] ?? element(list, 'tr'))).toContain('Ada Restored');
  for (const path of ['comparison?from=1&to=9', 'comparison', 'comparison?from=99999999999&to=1']) expect((await ada.get(`${address}/${path}`)).status).toBe(404);
  expect((await ada.post(`${address}/restoration`, { revision: '9' })).status).toBe(404);
});

test('pages move in the footer', async () => {
  const { site, ada } = await newsroom();
  await create(ada);
  await create(ada, { ...about, title: 'Contact', path: 'contact' });
  expect((await ada.post('/admin/pages/2/order', { direction: 'up' })).headers['location']).toBe('/admin/pages?done=order');
  expect((await request(site.app).get('/')).text).toMatch(/href="\/contact".*\n.*href="\/about"/);
  const buttons = elements((await ada.get('/admin/pages')).text, 'button', { name: 'direction' }).filter(({ attribs }) => !('disabled' in attribs));
  expect(buttons.map(({ attribs }) => [attribs['value'], attribs['aria-label']])).toEqual([['down', 'Move “Contact” down'], ['up', 'Move “About us” up']]);
});

test('markup that readers don’t see as written is named beside the text', async () => {
  const { ada } = await newsroom();
  const address = await create(ada, { ...about, body: 'A <script>x</script> <!-- comment -->' });
  const notes = text(element((await ada.get(address)).text, 'div', { id: 'field_body_notes' }));
  expect(notes).toMatch(/<script>.*comment/);
});

test('a preview shows a text as a page without saving it, for an hour', async () => {
  const { site, ada } = await newsroom();
  const { status, headers: { location = '' } } = await ada.post('/admin/page-previews', { title: 'Plans', body: '*Soon*' });
  expect([status, location]).toEqual([303, expect.stringMatching(/^\/previews\/pages\/[0-9a-f]{64}$/)]);
  const preview = await request(site.app).get(location);
  expect([preview.status, preview.headers['cache-control'], preview.text.includes('<em>Soon</em>'), preview.text.includes('content="noindex"')]).toEqual([200, 'no-store', true, true]);
  site.time.now += 3_600_001;
  expect((await request(site.app).get(location)).status).toBe(404);
});

test('the audit log tells who did what with which page', async () => {
  const { site, ada } = await newsroom();
  await create(ada);
  await create(ada, { ...about, path: 'us' });
  await ada.post('/admin/pages/1/text', { ...about, title: 'New', base: '1' });
  await ada.post('/admin/pages/1/restoration', { revision: '1' });
  await ada.post('/admin/pages/1/order', { direction: 'down' });
  await ada.post('/admin/pages/2/deletion');
  const administrator = await signIn(site, (await makeEditor(site, { role: 'administrator' })).email);
  const lines = elements((await administrator.get('/admin/audit-log')).text, 'tr').map(text).filter((line) => line.includes('page'));
  expect(lines).toEqual(['Deleted a page /us', 'Moved a page in the footer /about', 'Restored a revision of a page /about', 'Changed a page /about', 'Added a page /us', 'Added a page /about'].map((line) => expect.stringContaining(`Ada ${line}`)));
});

test('a text that was sent without a session comes back after signing in, and nothing is saved until it is sent again', async () => {
  const { site, ada } = await newsroom();
  const address = await create(ada);
  const { email } = await makeEditor(site, { role: 'editor' });
  const contributor = await makeEditor(site, { role: 'contributor' });
  for (const [path, page] of [[`${address}/text`, 'About us'], ['/admin/pages', 'New page']] as const) {
    const typed = { title: 'Typed', path: 'typed', body: 'a\nb', base: '1' };
    const asked = await browser(site).post(path, typed);
    expect([asked.status, text(element(asked.text, 'main'))]).toEqual([401, expect.stringContaining('Your text is below')]);
    const hidden = { next: path, ...Object.fromEntries(readTextAreas(asked.text)) };
    const back = await browser(site).post('/admin/sign-in', { ...hidden, email, password });
    expect([back.status, text(element(back.text, 'h1')), formOf(back.text)]).toEqual([200, page, { ...typed, base: path === '/admin/pages' ? '' : '1' }]);
    expect((await browser(site).post('/admin/sign-in', { ...hidden, email: contributor.email, password })).headers['location']).toBe(path.replace('/text', ''));
  }
  expect(await stored(site, 'select title from static_page')).toEqual([{ title: 'About us' }]);
});

test('a form that was open when its page was deleted does not overwrite a later page with the same id', async () => {
  const { site, ada, ben } = await newsroom();
  const page = await create(ada);
  const { text: html } = await ben.get(page);
  const form = { ...formOf(html), since: element(html, 'input', { name: 'since' }).attribs['value'] ?? '' };
  await ada.post(`${page}/deletion`);
  site.time.now += 1000;
  await create(ada, { title: 'Contact', path: 'contact', body: 'Write to us.' });
  const answer = await ben.post(`${page}/text`, { ...form, body: 'We *were*.' });
  expect([answer.status, formOf(answer.text)['body']]).toEqual([409, 'We *were*.']);
  expect(await stored(site, 'select path, body from static_page')).toEqual([{ path: 'contact', body: 'Write to us.' }]);
});
