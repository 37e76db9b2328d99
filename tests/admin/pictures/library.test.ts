import { expect, test } from 'vitest';
import type { Role } from '../../../src/content/accounts/permissions.ts';
import { makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { write } from '../../support/article-form.ts';
import { elements, text, within } from '../../support/html.ts';
import { storePicture } from '../../support/pictures.ts';
import { emptySite, type TestSite } from '../../support/test-site.ts';

async function newsroom(role: Role = 'editor'): Promise<{ site: TestSite; editor: Browser }> {
  const site = await emptySite();
  return { site, editor: await signIn(site, (await makeEditor(site, { role })).email) };
}

const small = { width: 330, height: 220 };

function gridItems(html: string) {
  return elements(html, 'ul', { class: 'picture-library' }).flatMap((list) => within(list, 'li'));
}

async function names(editor: Browser, query = ''): Promise<string[]> {
  const { status, text: html } = await editor.get(`/admin/pictures${query}`);
  expect(status).toBe(200);
  return gridItems(html).flatMap((item) => within(item, 'span').map(text));
}

test('the library shows each picture with its description or file name, and its state in words, newest first', async () => {
  const { site, editor } = await newsroom();
  await storePicture(site, { ...small, alt: 'A <harbour>' });
  await storePicture(site, { ...small, alt: '', fileName: 'DSC_1.JPG' });
  await storePicture(site, { ...small, alt: '', isDecoration: true });
  await write(editor, 'draft', { picture: '1', body: '![](picture:1)\n\n![A boat](picture:2)' });
  await write(editor, 'draft', { picture: '1' });
  const { text: html } = await editor.get('/admin/pictures');
  expect(gridItems(html).map((item) => [within(item, 'a')[0]?.attribs['href'], ...within(item, 'span').map(text), ...within(item, 'p').map(text)])).toEqual([
    ['/admin/pictures/3', 'Picture 3', 'Not used'],
    ['/admin/pictures/2', 'DSC_1.JPG', 'Used once · No description'],
    ['/admin/pictures/1', 'A <harbour>', 'Used 2 times'],
  ]);
});

test('pictures are found by the beginnings of the words of their texts and of the titles of articles that use them', async () => {
  const { site, editor } = await newsroom();
  await storePicture(site, { ...small, alt: 'Ships in the harbour', credit: 'Zoë Šimić', caption: 'A *storm*', fileName: 'IMG_7.jpg' });
  await storePicture(site, { ...small, alt: 'A lighthouse' });
  await write(editor, 'draft', { title: 'The Keeper of Plovdiv', picture: '2', body: 'A windmill' });
  for (const q of ['harb', 'HARBOUR ships', 'zoe simic', 'storm', 'img_7']) expect(await names(editor, `?${new URLSearchParams({ q })}`), q).toEqual(['Ships in the harbour']);
  for (const q of ['keeper', 'plov', 'light keep']) expect(await names(editor, `?${new URLSearchParams({ q })}`), q).toEqual(['A lighthouse']);
  for (const q of ['arbour', 'windmill', 'harbour keeper', '%', '_']) expect(await names(editor, `?${new URLSearchParams({ q, only: '' })}`), q).toHaveLength(q.length === 1 ? 2 : 0);
});

test('the library can be limited to pictures that are not used, or that have no description', async () => {
  const { site, editor } = await newsroom();
  await storePicture(site, { ...small, alt: 'Used' });
  await storePicture(site, { ...small, alt: 'Free' });
  await storePicture(site, { ...small, alt: '', fileName: 'bare.jpg' });
  await storePicture(site, { ...small, alt: '', fileName: 'decoration.jpg', isDecoration: true });
  await write(editor, 'draft', { picture: '1' });
  expect(await names(editor, '?only=unused')).toEqual(['decoration.jpg', 'bare.jpg', 'Free']);
  expect(await names(editor, '?only=undescribed')).toEqual(['bare.jpg']);
  expect(await names(editor, '?only=unused&q=fre')).toEqual(['Free']);
});

test('the pages of the library contain each picture once, for people and for scripts', async () => {
  const { site, editor } = await newsroom();
  for (let count = 0; count < 65; count += 1) await storePicture(site, { width: 30, height: 20, alt: `Picture of ${count}` });
  const seen: string[] = [];
  const lengths: number[] = [];
  for (let path: string | undefined = '/admin/pictures?q=picture'; path !== undefined; ) {
    const { text: html } = await editor.get(path);
    const shown = gridItems(html).flatMap((item) => within(item, 'span').map(text));
    seen.push(...shown);
    lengths.push(shown.length);
    path = elements(html, 'a', { rel: 'next' })[0]?.attribs['href'];
  }
  expect([lengths, new Set(seen).size]).toEqual([[30, 30, 5], 65]);
  const ids: number[] = [];
  for (let path: string | null = '/admin/pictures?q=picture'; path !== null; ) {
    const { body }: { body: { pictures: { id: number }[]; next: string | null } } = await editor.get(path).set('Accept', 'application/json');
    ids.push(...body.pictures.map(({ id }) => id));
    path = body.next;
  }
  expect(ids).toEqual(Array.from({ length: 65 }, (_, index) => 65 - index));
});

test('a contributor sees the whole library', async () => {
  const { site, editor } = await newsroom('contributor');
  await storePicture(site, { ...small, alt: 'A colleague’s' });
  expect(await names(editor)).toEqual(['A colleague’s']);
});

test('a contributor finds pictures by the titles of published articles and of their own, never of a colleague’s unpublished article', async () => {
  const { site, editor } = await newsroom();
  const contributor = await signIn(site, (await makeEditor(site, { role: 'contributor' })).email);
  const alts = ['In a draft', 'Scheduled', 'Withdrawn', 'Published', 'Own'];
  for (const alt of alts) await storePicture(site, { ...small, alt });
  await write(editor, 'draft', { title: 'Zebrasecret merger', picture: '1' });
  await write(editor, 'schedule', { title: 'Zebrasecret tomorrow', picture: '2', publishedAt: '2190-01-01T00:00' });
  const withdrawn = await write(editor, 'publication', { title: 'Zebrasecret gone', picture: '3' });
  await editor.post(`/admin/articles/${withdrawn}/withdrawal`, { reason: 'Wrong' });
  await write(editor, 'publication', { title: 'Zebrasecret revealed', picture: '4' });
  await write(contributor, 'draft', { title: 'Zebrasecret of mine', picture: '5' });
  expect(await names(editor, '?q=zebrasec')).toEqual(alts.toReversed());
  expect(await names(contributor, '?q=zebrasec')).toEqual(['Own', 'Published']);
  const { body } = await contributor.get('/admin/pictures?q=zebrasecret').set('Accept', 'application/json');
  expect(body.pictures.map(({ alt }: { alt: string }) => alt)).toEqual(['Own', 'Published']);
});

test('any query value gets a page', async () => {
  const { editor } = await newsroom();
  for (const odd of ["' or 1=1 --", '"', '*', '\\', '1e9', '9999999999999999', '\u0000', '🏴', 'x'.repeat(5000), '__proto__', '% _', 'constructor']) {
    for (const name of ['q', 'only', 'before', 'done']) expect((await editor.get(`/admin/pictures?${new URLSearchParams({ [name]: odd })}`)).status, `${name}=${odd.slice(0, 20)}`).toBe(200);
  }
});
