import { expect, test } from 'vitest';
import { changePage, createPage, deletePage, deleteStaticPage, movePage, saveStaticPage } from '../../../src/storage/pages/edit-static-pages.ts';
import { findEditedPage, findPageRevision, listEditedPages, listPageRevisions } from '../../../src/storage/pages/page-revisions.ts';
import { findNewPath, findStaticPage, listStaticPages } from '../../../src/storage/pages/static-pages.ts';
import { makeEditor } from '../../support/admin.ts';
import { emptySite, now, stored } from '../../support/test-site.ts';

const page = (path: string, title: string) => ({ path, title, body: `*${title}*`, bodyHtml: `<p><em>${title}</em></p>`, markupVersion: 2 });

async function newsroom(paths: string[] = []) {
  const site = await emptySite();
  const { id } = await makeEditor(site, { role: 'editor', name: 'Ada' });
  const { db } = site.context;
  for (const path of paths) await createPage(db, page(path, path), id, now);
  return { site, db, editorId: id };
}

const paths = async (db: Parameters<typeof listStaticPages>[0]) => (await listStaticPages(db)).map(({ path }) => path);

test('static pages are listed in the order of their creation, and replacing a page keeps its place', async () => {
  const { context: { db } } = await emptySite();
  for (const path of ['contact', 'about', 'policies/privacy']) await saveStaticPage(db, page(path, path), now);
  await saveStaticPage(db, page('contact', 'Write to us'), now);
  expect(await listStaticPages(db)).toEqual([{ path: 'contact', title: 'Write to us' }, { path: 'about', title: 'about' }, { path: 'policies/privacy', title: 'policies/privacy' }]);
  expect(await findStaticPage(db, 'contact')).toEqual({ path: 'contact', title: 'Write to us', body: '*Write to us*', bodyHtml: '<p><em>Write to us</em></p>' });
});

test('a page can be deleted once', async () => {
  const { context: { db } } = await emptySite();
  await saveStaticPage(db, page('about', 'About'), now);
  expect([await deleteStaticPage(db, 'about', now), await deleteStaticPage(db, 'about', now)]).toEqual([true, false]);
  expect(await findStaticPage(db, 'about')).toBeUndefined();
  expect(await db.reader.selectFrom('change').select('touched').execute()).toEqual([{ touched: '["static-pages"]' }, { touched: '["static-pages"]' }]);
});

test('every save keeps the former text as a revision, also that of the command line; the same text makes none', async () => {
  const { db, editorId } = await newsroom(['about']);
  const save = page('about', 'Us');
  const first = await findEditedPage(db.reader, 1);
  expect(await changePage(db, { id: 1, save, baseId: first?.revision.id ?? 0, kind: 'saved' }, editorId, now + 1)).toBe('saved');
  await saveStaticPage(db, page('about', 'By command'), now + 2);
  await saveStaticPage(db, page('about', 'By command'), now + 3);
  const last = await findEditedPage(db.reader, 1);
  expect(await changePage(db, { id: 1, save: page('about', 'By command'), baseId: last?.revision.id ?? 0, kind: 'saved' }, editorId, now + 4)).toBe('saved');
  const revisions = await listPageRevisions(db.reader, 1, { limit: 10 });
  expect(revisions.map(({ at, editor }) => [at, editor])).toEqual([[now + 2, null], [now + 1, 'Ada'], [now, 'Ada']]);
  expect(await findPageRevision(db.reader, 1, revisions[2]?.id ?? 0)).toMatchObject({ title: 'about', body: '*about*' });
  expect(await findPageRevision(db.reader, 2, revisions[2]?.id ?? 0)).toBeUndefined();
});

test('a change that is based on an older revision, or on a deleted page, is refused', async () => {
  const { db, editorId } = await newsroom(['about']);
  const change = (title: string) => changePage(db, { id: 1, save: page('about', title), baseId: 1, kind: 'saved' }, editorId, now);
  expect([await change('Us'), await change('We')]).toEqual(['saved', 'conflict']);
  expect([await deletePage(db, 1, editorId, now), await deletePage(db, 1, editorId, now), await change('We')]).toEqual([true, false, 'gone']);
});

test('a former path redirects until another page takes it or the page is deleted', async () => {
  const { site, db, editorId } = await newsroom(['about', 'contact']);
  const move = async (id: number, to: string) => {
    const { revision, title } = (await findEditedPage(db.reader, id)) ?? { revision: { id: 0 }, title: '' };
    return changePage(db, { id, save: page(to, title), baseId: revision.id, kind: 'saved' }, editorId, now);
  };
  expect(await move(1, 'contact')).toBe('path taken');
  expect(await move(1, 'us')).toBe('saved');
  expect(await move(1, 'we')).toBe('saved');
  expect([await findNewPath(db, 'about'), await findNewPath(db, 'us'), await findNewPath(db, 'we')]).toEqual(['we', 'we', undefined]);
  expect(await createPage(db, page('we', 'We'), editorId, now)).toBe('path taken');
  expect(await createPage(db, page('about', 'New'), editorId, now)).toEqual({ id: 3 });
  expect(await move(1, 'us')).toBe('saved');
  expect(await stored(site, 'select path from old_page_path')).toEqual([{ path: 'we' }]);
  await deletePage(db, 1, editorId, now);
  expect([await findNewPath(db, 'we'), await stored(site, 'select page_id from page_revision order by id')]).toEqual([undefined, [{ page_id: 2 }, { page_id: 3 }]]);
});

test('pages move up and down in the footer, and a new page comes last', async () => {
  const { db, editorId } = await newsroom(['a', 'b', 'c']);
  await movePage(db, 3, 'up', editorId, now);
  expect(await paths(db)).toEqual(['a', 'c', 'b']);
  await movePage(db, 1, 'down', editorId, now);
  await movePage(db, 3, 'up', editorId, now);
  await movePage(db, 2, 'down', editorId, now);
  await deletePage(db, 3, editorId, now);
  await createPage(db, page('d', 'd'), editorId, now);
  expect(await paths(db)).toEqual(['a', 'b', 'd']);
  expect(await movePage(db, 99, 'up', editorId, now)).toBe(false);
  expect((await listEditedPages(db.reader)).map(({ path, editor }) => [path, editor])).toEqual([['a', 'Ada'], ['b', 'Ada'], ['d', 'Ada']]);
});
