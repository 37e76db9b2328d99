import { expect, test } from 'vitest';
import { inTransaction } from '../../src/storage/database/database.ts';
import { recordAction } from '../../src/storage/newsroom/audit-log.ts';
import { makeEditor, signIn } from '../support/admin.ts';
import { elements, text, within } from '../support/html.ts';
import { addArticle, emptySite, type TestSite } from '../support/test-site.ts';

const email = 'ana@news.example';

/** The cells of each entry on a page, in order. */
function entries(html: string): string[][] {
  return elements(html, 'tr').slice(1).map((line) => within(line, 'td').map(text));
}

async function siteWithAna(): Promise<TestSite & { id: number }> {
  const site = await emptySite();
  const { id } = await makeEditor(site, { role: 'administrator', email, name: 'Ana' });
  return { ...site, id };
}

test('the audit log shows who did what and when, and with which article, newest first', async () => {
  const { id, ...site } = await siteWithAna();
  const article = await addArticle(site, { title: 'The *river* & the "bridge"' });
  await inTransaction(site.context.db, async (transaction) => {
    await recordAction(transaction, { editorId: id, action: 'publication', articleId: article.id }, site.time.now);
    await recordAction(transaction, { editorId: id, action: 'deletion', articleId: 999, detail: '<b>Twice</b>' }, site.time.now);
    await recordAction(transaction, { editorId: null, action: 'import', detail: '1200' }, site.time.now);
    await recordAction(transaction, { editorId: id, action: 'editor-role', detail: 'bob@news.example, contributor → editor' }, site.time.now);
    await recordAction(transaction, { editorId: null, action: 'second-step-failed', detail: `${email}, 192.0.2.1` }, site.time.now);
  });
  const { status, text: html } = await (await signIn(site, email)).get('/admin/audit-log');
  expect(status).toBe(200);
  const at = '23 March 2025, 16:55';
  expect(entries(html)).toEqual([
    [at, 'Ana', 'Signed in', '', ''],
    [at, 'Unknown', 'Failed at the second step of signing in', '', 'ana@news.example, 192.0.2.1'],
    [at, 'Ana', 'Changed the role of an account', '', 'bob@news.example, Contributor → Editor'],
    [at, 'Command line', 'Imported articles', '', '1,200 articles'],
    [at, 'Ana', 'Deleted', 'Article 999 (deleted)', '<b>Twice</b>'],
    [at, 'Ana', 'Published', 'The river & the "bridge"', ''],
    [at, 'Ana', 'Set up their account', '', ''],
    [at, 'Command line', 'Added an account', '', 'ana@news.example, Administrator'],
  ]);
  expect(elements(html, 'a').some(({ attribs }) => attribs['href'] === `/admin/articles/${article.id}`)).toBe(true);
});

test('a page of the audit log has a hundred entries and a link to the older ones', async () => {
  const { id, ...site } = await siteWithAna();
  await inTransaction(site.context.db, async (transaction) => {
    for (let count = 1; count <= 200; count += 1) await recordAction(transaction, { editorId: id, action: 'update', detail: String(count) }, site.time.now);
  });
  const ana = await signIn(site, email);
  const seen: string[][] = [];
  const lengths: number[] = [];
  for (let path: string | undefined = '/admin/audit-log'; path !== undefined; ) {
    const { text: html } = await ana.get(path);
    seen.push(...entries(html));
    lengths.push(entries(html).length);
    path = elements(html, 'a', { rel: 'next' })[0]?.attribs['href'];
  }
  expect(lengths).toEqual([100, 100, 3]);
  expect(seen.map(([, , , , detail]) => detail).slice(1, 201)).toEqual(Array.from({ length: 200 }, (_, index) => String(200 - index)));
});

test('an invalid page address of the audit log shows the newest entries', async () => {
  const ana = await signIn(await siteWithAna(), email);
  for (const before of ['x', '-1', '1.5', '9'.repeat(30)]) expect((await ana.get(`/admin/audit-log?before=${before}`)).status).toBe(200);
  expect((await ana.get('/admin/audit-log?before=1')).text).toContain('There are no older entries.');
});

test.each(['editor', 'contributor'] as const)('the audit log is not available to an %s', async (role) => {
  const site = await emptySite();
  await makeEditor(site, { role, email });
  const one = await signIn(site, email);
  expect((await one.get('/admin/audit-log')).status).toBe(403);
  expect((await one.get('/admin/account')).text).not.toContain('Audit log');
});
