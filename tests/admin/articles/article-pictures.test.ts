import { expect, test } from 'vitest';
import { deletePicture } from '../../../src/storage/pictures/save-picture.ts';
import { updateArticleUses } from '../../../src/storage/pictures/picture-uses.ts';
import { inTransaction } from '../../../src/storage/database/database.ts';
import { makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { change, open, problemsOf, send, write } from '../../support/article-form.ts';
import { element, elements, text, within } from '../../support/html.ts';
import { storePicture as storeAnyPicture } from '../../support/pictures.ts';
import { emptySite, now, stored, type TestSite } from '../../support/test-site.ts';

async function newsroom(): Promise<{ site: TestSite; ada: Browser; ben: Browser }> {
  const site = await emptySite();
  const [ada, ben] = [await makeEditor(site, { role: 'editor', name: 'Ada Example' }), await makeEditor(site, { role: 'editor', name: 'Ben Example' })];
  return { site, ada: await signIn(site, ada.email), ben: await signIn(site, ben.email) };
}

/** Small, because drawing a large one takes seconds. */
async function storePicture(site: TestSite, details: Parameters<typeof storeAnyPicture>[1] = {}): Promise<number> {
  return storeAnyPicture(site, { width: 320, height: 213, ...details });
}

async function formPage(editor: Browser, id: number): Promise<string> {
  return (await editor.get(`/admin/articles/${id}`)).text;
}

function leadPicture(page: string) {
  const section = element(page, 'section', { id: 'field_picture' });
  return { image: within(section, 'img').map(({ attribs }) => attribs['src']), words: text(section), section };
}

function shownPictures(page: string): { images: (string | undefined)[]; words: string }[] {
  return elements(page, 'figure', { class: 'shown-picture' }).map((figure) => ({ images: within(figure, 'img').map(({ attribs }) => attribs['src']), words: text(figure) }));
}

async function publicPicture(site: TestSite) {
  return stored(site, 'select picture_id, alt, caption from article left join lead_picture on article_id = article.id');
}

test('a new article’s form has an empty place for a lead picture, and sends files to browsers without scripts', async () => {
  const { ada } = await newsroom();
  const page = (await ada.get('/admin/articles/new')).text;
  expect(element(page, 'form', { class: 'article-form' }).attribs).toMatchObject({ method: 'post', enctype: 'multipart/form-data' });
  const { image, section } = leadPicture(page);
  expect([image, section.attribs['data-state']]).toEqual([[], 'empty']);
  expect(element(page, 'input', { name: 'pictureFile' }).attribs).toMatchObject({ type: 'file', accept: 'image/jpeg,image/png,image/webp,image/avif,image/gif' });
  expect(within(section, 'a').some(({ attribs }) => attribs['href'] === '/admin/pictures')).toBe(true);
});

test('a lead picture and its texts for this article survive saving, publishing, comparing and restoring', async () => {
  const { site, ada } = await newsroom();
  const [harbour, bridge] = [await storePicture(site, { width: 1000, height: 667, alt: 'A harbour', caption: 'The harbour.', credit: 'Ada' }), await storePicture(site, { alt: 'A bridge' })];
  const id = await write(ada, 'draft', { picture: String(harbour), pictureAlt: 'Ships & <boats>' });
  const saved = await formPage(ada, id);
  expect(leadPicture(saved).image).toEqual([expect.stringMatching(new RegExp(`^/pictures/${harbour}-[0-9a-f]{12}/960\\.jpg$`))]);
  expect(leadPicture(saved).words).toContain('Described as “Ships & <boats>”');
  expect(element(saved, 'textarea', { id: 'field_pictureCaption' }).attribs['placeholder']).toBe('The harbour.');

  expect((await change(ada, id, 'publication')).status).toBe(303);
  expect(await publicPicture(site)).toEqual([{ picture_id: harbour, alt: 'Ships & <boats>', caption: '' }]);
  expect((await change(ada, id, 'publication', { picture: String(bridge), pictureAlt: '', pictureCaption: 'The *bridge*.' })).status).toBe(303);
  expect(await publicPicture(site)).toEqual([{ picture_id: bridge, alt: '', caption: 'The *bridge*.' }]);

  const comparison = (await ada.get(`/admin/articles/${id}/comparison?from=1&to=3`)).text;
  expect(elements(comparison, 'dt').map(text)).toEqual(expect.arrayContaining(['Lead picture', 'Description of the lead picture', 'Caption of the lead picture']));
  expect(shownPictures(comparison)).toEqual([
    { images: [expect.stringContaining(`/pictures/${harbour}-`)], words: expect.stringMatching(/^Before Described as “Ships & <boats>” Caption: The harbour\. Credit: Ada$/) },
    { images: [expect.stringContaining(`/pictures/${bridge}-`)], words: 'After Described as “A bridge” Caption: The *bridge*.' },
  ]);
  // Numbers of pictures say nothing to an editor.
  expect(elements(comparison, 'ins').map(text)).not.toContain(String(bridge));

  expect((await ada.post(`/admin/articles/${id}/restoration`, { revision: '1' })).status).toBe(303);
  expect(await open(ada, id)).toMatchObject({ picture: String(harbour), pictureAlt: 'Ships & <boats>', pictureCaption: '' });
});

test('readers never get a lead picture without a description: the message is at the picture, and the form keeps everything', async () => {
  const { site, ada } = await newsroom();
  const picture = String(await storePicture(site, { alt: '' }));
  const id = await write(ada, 'draft', { picture });
  expect(leadPicture(await formPage(ada, id)).words).toContain('has no description yet');
  const form = { ...(await open(ada, id)), pictureCaption: 'Typed' };
  for (const resource of ['publication', 'schedule']) {
    const answer = await send(ada, id, resource, { ...form, publishedAt: resource === 'schedule' ? '2026-01-01T12:00' : '' });
    expect(answer.status).toBe(422);
    expect(elements(answer.text, 'a', { href: '#field_picture' })).toHaveLength(1);
    expect(text(element(answer.text, 'p', { id: 'field_picture_problem' }))).toContain('Describe this picture');
    expect(element(answer.text, 'input', { name: 'picture' }).attribs).toMatchObject({ 'value': picture, 'aria-invalid': 'true' });
    expect(element(answer.text, 'textarea', { id: 'field_pictureCaption' }).children.map(text)).toEqual(['Typed']);
  }
  expect((await change(ada, id, 'publication', { pictureAlt: 'A harbour' })).status).toBe(303);
});

test('a picture that is decoration can be published without a description', async () => {
  const { site, ada } = await newsroom();
  const picture = String(await storePicture(site, { alt: '', isDecoration: true }));
  const id = await write(ada, 'publication', { picture });
  expect(leadPicture(await formPage(ada, id)).words).toContain('Decoration');
});

test('a lead picture that the library does not have can be saved in a draft, but not published', async () => {
  const { ada } = await newsroom();
  const id = await write(ada, 'draft', { picture: '999' });
  expect(leadPicture(await formPage(ada, id)).words).toContain('Picture 999 is not in the library');
  const answer = await change(ada, id, 'publication');
  expect([answer.status, problemsOf(answer.text)]).toEqual([422, [expect.stringContaining('Lead picture: There is no picture 999 in the library')]]);
  for (const picture of ['seven', '0', '1.5', '9'.repeat(15)]) {
    const refused = await change(ada, id, 'draft', { picture });
    expect([refused.status, problemsOf(refused.text)]).toEqual([422, [expect.stringContaining('Lead picture: Enter the number of a picture')]]);
    expect(element(refused.text, 'input', { name: 'picture' }).attribs['value']).toBe(picture);
  }
});

test('the form shows the pictures of the text, in its order, and which of them are missing or not described', async () => {
  const { site, ada } = await newsroom();
  const [harbour, bridge] = [await storePicture(site, { alt: '' }), await storePicture(site, { alt: '' })];
  const id = await write(ada, 'draft', { body: `![Its span](picture:${bridge})\n\n![](picture:${harbour} "At dusk")\n\n![](picture:77) ![](picture:78)` });
  const page = await formPage(ada, id);
  const list = element(page, 'section', { class: 'body-pictures' });
  expect(within(list, 'li').map(text)).toEqual([
    `Picture ${bridge}Described as “Its span”`,
    `Picture ${harbour}This picture has no description yet. Readers who can’t see it need one.`,
    'Picture 77 is not in the library.',
    'Picture 78 is not in the library.',
  ]);
  expect(within(list, 'img')).toHaveLength(2);
  expect(text(element(page, 'div', { id: 'field_body_notes' }))).toContain('Pictures 77 and 78 are not in the library');
  expect(element(page, 'textarea', { id: 'field_body' }).attribs['aria-describedby']).toContain('field_body_notes');
  expect((await formPage(ada, await write(ada, 'draft'))).includes('field_body_notes')).toBe(false);
});

test('a comparison shows the pictures that a text gained and lost', async () => {
  const { site, ada } = await newsroom();
  const [harbour, bridge, sea] = [await storePicture(site), await storePicture(site), await storePicture(site)];
  const id = await write(ada, 'draft', { body: `![](picture:${harbour})\n\n![](picture:${sea})` });
  await change(ada, id, 'draft', { body: `Moved\n\n![](picture:${sea})\n\n![](picture:${bridge})` });
  const comparison = (await ada.get(`/admin/articles/${id}/comparison?from=1&to=2`)).text;
  expect(shownPictures(comparison).map(({ images, words }) => [images[0]?.split('-')[0], words.split(' Described')[0]])).toEqual([
    [`/pictures/${harbour}`, 'Removed from the text'],
    [`/pictures/${bridge}`, 'Added to the text'],
  ]);
});

test('the form reads the pictures of a text as publishing does', async () => {
  const { site, ada } = await newsroom();
  const [one, two, three, four] = [await storePicture(site, { alt: '' }), await storePicture(site, { alt: '' }), await storePicture(site, { alt: '' }), await storePicture(site, { alt: '' })];
  const body = `![By reference][ref]\n\n[ref]: picture:${one}\n\n<img src="picture:${two}" alt="By tag">\n\n![A \\] bracket](picture:${three})\n\n\`![](picture:${four})\``;
  const id = await write(ada, 'publication', { body });
  expect(within(element(await formPage(ada, id), 'section', { class: 'body-pictures' }), 'li').map(text)).toEqual([`Picture ${one}Described as “By reference”`, `Picture ${two}Described as “By tag”`, `Picture ${three}Described as “A ] bracket”`]);
  const repeated = await write(ada, 'draft', { body: `![Here](picture:${one})\n\n![](picture:${one})` });
  expect((await change(ada, repeated, 'publication')).status).toBe(422);
  expect(within(element(await formPage(ada, repeated), 'section', { class: 'body-pictures' }), 'li').map(text)).toEqual([expect.stringContaining('no description yet')]);
});

test('a comparison shows pictures with the descriptions of their text, and asks for none for a removed picture', async () => {
  const { site, ada } = await newsroom();
  const [wall, bare, door] = [await storePicture(site, { alt: '' }), await storePicture(site, { alt: '' }), await storePicture(site, { alt: '' })];
  const id = await write(ada, 'draft', { picture: String(bare), body: `![A wide wall](picture:${wall})\n\n![](picture:${bare})` });
  await change(ada, id, 'draft', { picture: '', body: `![A door](picture:${door})` });
  const comparison = (await ada.get(`/admin/articles/${id}/comparison?from=1&to=2`)).text;
  expect(shownPictures(comparison).map(({ words }) => words)).toEqual([
    'Before No description',
    'Removed from the text Described as “A wide wall”',
    'Removed from the text No description',
    'Added to the text Described as “A door”',
  ]);
});

test('two editors who choose different lead pictures see both, and the choice is kept', async () => {
  const { site, ada, ben } = await newsroom();
  const [harbour, bridge] = [await storePicture(site, { alt: 'A harbour' }), await storePicture(site, { alt: 'A bridge' })];
  const id = await write(ada, 'draft');
  const form = await open(ada, id);
  await change(ben, id, 'draft', { picture: String(bridge) });
  const conflict = await send(ada, id, 'draft', { ...form, picture: String(harbour), pictureAlt: 'Mine' });
  expect(conflict.status).toBe(409);
  expect(shownPictures(conflict.text).map(({ images }) => images[0]?.split('-')[0])).toEqual([`/pictures/${harbour}`, `/pictures/${bridge}`]);
  const revisions = Object.fromEntries(['mine', 'base', 'theirs'].map((name) => [name, element(conflict.text, 'input', { name, type: 'hidden' }).attribs['value'] ?? '']));
  const resolved = await ada.post(`/admin/articles/${id}/resolution`, { ...revisions, 'picture-0': 'theirs', 'pictureAlt-0': 'theirs' });
  expect(element((await ada.get(resolved.headers['location'] ?? '')).text, 'input', { name: 'picture' }).attribs['value']).toBe(String(bridge));
});

test('a lead picture that one editor chose and a text that another one changed are merged', async () => {
  const { site, ada, ben } = await newsroom();
  const picture = await storePicture(site);
  const id = await write(ada, 'draft');
  const form = await open(ada, id);
  await change(ben, id, 'draft', { picture: String(picture) });
  expect((await send(ada, id, 'draft', { ...form, summary: 'Mine' })).status).toBe(303);
  expect(await open(ada, id)).toMatchObject({ picture: String(picture), summary: 'Mine' });
});

test('a revision whose picture has been deleted can be restored and compared, and its form says what is missing', async () => {
  const { site, ada } = await newsroom();
  const [harbour, bridge] = [await storePicture(site), await storePicture(site)];
  const body = `![A bridge](picture:${bridge})`;
  const id = await write(ada, 'draft', { picture: String(harbour), body });
  await change(ada, id, 'draft', { picture: '', body: 'Without' });
  await inTransaction(site.context.db, (transaction) => updateArticleUses(transaction, id));
  for (const picture of [harbour, bridge]) expect(await deletePicture(site.context.db, picture, null, now)).toBe(true);

  const comparison = await ada.get(`/admin/articles/${id}/comparison?from=1&to=2`);
  expect([comparison.status, shownPictures(comparison.text)]).toEqual([200, [
    { images: [], words: `Before Picture ${harbour} is not in the library.` },
    { images: [], words: `Removed from the text Picture ${bridge} is not in the library.` },
  ]]);
  expect((await ada.post(`/admin/articles/${id}/restoration`, { revision: '1' })).status).toBe(303);
  const page = await formPage(ada, id);
  expect(leadPicture(page).words).toContain(`Picture ${harbour} is not in the library`);
  expect(text(element(page, 'div', { id: 'field_body_notes' }))).toContain(`Picture ${bridge} is not in the library`);
  expect(await publicPicture(site)).toEqual([{ picture_id: null, alt: null, caption: null }]);
  const answer = await change(ada, id, 'publication');
  expect(problemsOf(answer.text)[0]).toContain(`There is no picture ${harbour} in the library. Choose another one.`);
  expect(problemsOf(answer.text)[0]).toContain(`There is no picture ${bridge} in the library. Choose another one.`);
});

test('the form of a text with very many brackets opens at once', async () => {
  const { site, ada } = await newsroom();
  const picture = await storePicture(site, { alt: 'A harbour' });
  const id = await write(ada, 'draft', { body: `${'!['.repeat(100_000)} ![Ships](picture:${picture}) ![Boats](picture:${picture})` });
  const start = performance.now();
  const page = await formPage(ada, id);
  expect(performance.now() - start).toBeLessThan(10_000);
  expect(text(element(page, 'section', { class: 'body-pictures' }))).toContain('Described as “Ships”');
});
