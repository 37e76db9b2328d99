import { expect, test } from 'vitest';
import { deleteStaticPage, findStaticPage, listStaticPages, saveStaticPage } from '../../../src/storage/site/static-pages.ts';
import { emptySite, now } from '../../support/test-site.ts';

const page = (path: string, title: string) => ({ path, title, body: `*${title}*`, bodyHtml: `<p><em>${title}</em></p>`, markupVersion: 2 });

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
