import SqliteFile from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import { makeEditor, signIn } from '../../../support/admin.ts';
import { makeStoryline, storeRelated } from '../../../support/storylines.ts';
import { addArticle, emptySite, openSite } from '../../../support/test-site.ts';

const original = SqliteFile.prototype.prepare;

test('no query of the newsroom’s pages about storylines and related articles, and none of their writes, scans or sorts a table', async () => {
  const site = await emptySite();
  for (let n = 0; n < 8; n += 1) await addArticle(site, { title: `Airport ${n}` });
  const { email } = await makeEditor(site, { role: 'editor' });
  const ids = [1, 2, 3, 4, 5, 6, 7, 8];
  for (const members of [ids.slice(0, 5), ids.slice(5, 7)]) await makeStoryline(site, members);
  await storeRelated(site, 1, [{ id: 8, relevance: 0.5 }]);
  const preparedSql = new Set<string>();
  const fresh = await openSite(site.folder);
  const editor = await signIn(fresh, email);
  const prepare = vi.spyOn(SqliteFile.prototype, 'prepare').mockImplementation(function (this: SqliteFile.Database, sql: string) {
    preparedSql.add(sql);
    return original.call(this, sql);
  });
  const statuses: number[] = [];
  try {
    for (const path of ['storylines/1', 'storylines/1?q=airport&after=9999999999999-1', 'articles/1', 'articles/1/storyline?q=airport', 'articles/1/related?q=airport']) statuses.push((await editor.get(`/admin/${path}`)).status);
    const forms: [string, Record<string, string>][] = [
      ['articles/8/move', { to: 'storyline-1' }],
      ['storylines/1/split', { 'article-1': '1', 'article-8': '1' }],
      ['storylines/1/join', { other: 'storyline-2' }],
      ['storylines/1/name', { name: 'Name' }],
      ['articles/2/new-storyline', { seen: '1' }],
      ['articles/1/related', { other: '3', choice: 'pinned' }],
      ['articles/1/related', { other: '3', choice: 'none' }],
    ];
    for (const [path, form] of forms) statuses.push((await editor.post(`/admin/${path}`, form)).status);
  } finally {
    prepare.mockRestore();
    await fresh.context.close();
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 303, 303, 303, 303, 303, 303, 303]);
  const file = new SqliteFile(`${site.folder}/broadsheet.db`, { readonly: true });
  const plans = [...preparedSql].filter((sql) => /storyline|signature|related_choice|unmatched|term_count/.test(sql)).map((sql) => ({ sql, plan: file.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(Array(sql.split('?').length - 1).fill(null)).map(({ detail }) => detail).join('; ') }));
  file.close();
  expect(plans.length).toBeGreaterThan(30);
  // The members of one storyline are sorted to find which one supersedes which.
  expect(plans.filter(({ sql, plan }) => /SCAN (?!\(?subquery|placed|CONSTANT)/.test(plan) || (/TEMP B-TREE/.test(plan) && !/lead\(public_at\)|select distinct|related_choice/.test(sql)))).toEqual([]);
});
