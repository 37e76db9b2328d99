import SqliteFile from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import { countEditorial, listEditorial, type Stage } from '../../../../src/storage/articles/editorial-list.ts';
import { addArticle, emptySite, now, openSite } from '../../../support/test-site.ts';

const original = SqliteFile.prototype.prepare;

// A scan of one of these indexes, from its beginning, reads only as many entries as the list shows, or the few of its stage.
test.each<[stage: Stage | undefined, ownerId: number | undefined, order: 'edit' | 'publication', index: string]>([
  [undefined, undefined, 'edit', 'article_by_edit'],
  [undefined, 1, 'edit', 'article_own'],
  [undefined, undefined, 'publication', 'article_by_time'],
  ['draft', undefined, 'edit', 'article_draft'],
  ['draft', 1, 'edit', 'article_own_draft'],
  ['review', undefined, 'edit', 'article_submitted'],
  ['review', 1, 'edit', 'article_submitted'],
  ['returned', undefined, 'edit', 'article_returned'],
  ['returned', 1, 'edit', 'article_returned'],
  ['scheduled', undefined, 'edit', 'article_by_time'],
  ['scheduled', 1, 'edit', 'article_by_time'],
  ['today', undefined, 'edit', 'article_by_time'],
  ['today', 1, 'edit', 'article_by_time'],
  ['changed', undefined, 'edit', 'article_changed'],
  ['changed', undefined, 'publication', 'article_changed'],
  ['undescribed', undefined, 'edit', 'article_undescribed'],
  ['undescribed', undefined, 'publication', 'article_undescribed'],
  ['withdrawn', 1, 'edit', 'article_withdrawn'],
])('the newsroom’s list of the stage %s, of the owner %s, in the order of %s uses the index %4$s', async (stage, ownerId, order, index) => {
  const site = await emptySite();
  await addArticle(site);
  const fresh = await openSite(site.folder);
  const prepared = new Set<string>();
  const prepare = vi.spyOn(SqliteFile.prototype, 'prepare').mockImplementation(function (this: SqliteFile.Database, sql: string) {
    prepared.add(sql);
    return original.call(this, sql);
  });
  try {
    const filter = { stage, ownerId, themeId: undefined, authorId: undefined, terms: [], today: now };
    for (const after of [undefined, { time: now, id: 1 }]) await listEditorial(fresh.context.db, filter, now, { order, after, limit: 8 });
    await countEditorial(fresh.context.db, filter, now, 101);
  } finally {
    prepare.mockRestore();
    await fresh.context.close();
  }
  const file = new SqliteFile(`${site.folder}/broadsheet.db`, { readonly: true });
  const plans = [...prepared].filter((sql) => sql.includes('"article"')).map((sql) => ({ isCount: sql.includes('count('), plan: file.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(Array(sql.split('?').length - 1).fill(null)).map(({ detail }) => detail).join('; ') }));
  file.close();
  expect(plans).toHaveLength(3);
  const isSorted = order === 'publication' && (stage === 'changed' || stage === 'undescribed');
  for (const { isCount, plan } of plans) {
    // Any article of all articles or all drafts counts.
    if (!isCount || stage) expect(plan).toMatch(new RegExp(`(?:SCAN|SEARCH) article USING (?:COVERING )?INDEX ${index}\\b`));
    expect(plan.includes('TEMP B-TREE')).toBe(!isCount && isSorted);
  }
});
