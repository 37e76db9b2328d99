import SqliteFile from 'better-sqlite3';
import request from 'supertest';
import { expect, test, vi } from 'vitest';
import { correct } from '../../../support/corrections.ts';
import { putInStoryline, relate } from '../../../support/storylines.ts';
import { addArticle, now, sampleSite } from '../../../support/test-site.ts';

test('no page’s queries scan or sort a whole table of articles or themes, and no parameter makes SQLite plan a statement again', async () => {
  const site = await sampleSite();
  await addArticle(site, { authors: ['Ada Example'], topics: ['Rivers'] });
  const story: { id: number; slug: string }[] = [];
  for (let n = 1; n <= 60; n += 1) story.push(await addArticle(site, { title: `Fire ${n}`, publishedAt: now - (60 - n) * 60_000 }));
  await addArticle(site, { publishedAt: now + 60_000 });
  await putInStoryline(site, 1, story);
  for (const article of story.slice(-1)) await relate(site, article, story.slice(0, 3));
  for (const text of ['One', 'Two', 'Three']) await correct(site, story[59] ?? { id: 0 }, text);
  const preparedSql = new Set<string>();
  const prepare = vi.spyOn(SqliteFile.prototype, 'prepare').mockImplementation(function (this: SqliteFile.Database, sql: string) {
    preparedSql.add(sql);
    return original.call(this, sql);
  });
  const fresh = await import('../../../support/test-site.ts').then(({ openSite }) => openSite(site.folder));
  try {
    const first = await request(fresh.app).get('/themes/world');
    const next = /href="([^"]+)" rel="next"/.exec(first.text)?.[1] ?? '';
    const cursor = next.slice(next.indexOf('?'));
    const second = await request(fresh.app).get(next);
    const earlier = /href="([^"]+)" rel="next"/.exec(second.text)?.[1] ?? '';
    expect(earlier).toContain('-earlier');
    for (const path of ['/', earlier, '/articles/fire-60', '/articles/fire-1', '/storylines/1', `/storylines/1${cursor}`, '/storylines/1/rss.xml', '/sitemaps/storylines-1.xml', '/articles/a-page-on-paper', next, `/authors/ada-example`, `/authors/ada-example${cursor}`, '/topics/rivers', `/topics/rivers${cursor}`, '/archive', '/archive/2025', `/archive/2025${cursor}`, '/archive/2025/03/23', '/sitemap.xml', '/sitemaps/2025-03.xml', '/news-sitemap.xml', '/rss.xml', '/themes', '/themes?after=craft', '/themes/world/atom.xml', '/corrections', '/corrections?before=2', '/articles/fire-60/history', '/search?q=sud', '/search?q=sudan&theme=world&from=2025-03-01&to=2025-03-30&sort=newest', '/nothing']) await request(fresh.app).get(path);
  } finally {
    prepare.mockRestore();
    await fresh.context.close();
  }

  const file = new SqliteFile(`${site.folder}/broadsheet.db`, { readonly: true });
  const plans = [...preparedSql].filter((sql) => /^\s*select/i.test(sql) && /article|search|theme/.test(sql)).map((sql) => ({ sql, plan: file.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(Array(sql.split('?').length - 1).fill(null)).map(({ detail }) => detail).join('; ') }));
  file.close();
  expect(plans.length).toBeGreaterThan(20);
  // A bare `?` would make SQLite plan the statement again for each value.
  expect([...preparedSql].filter((sql) => /(?<!\+)\?/.test(sql))).toEqual([]);
  // Corrections are listed in the order of their ids. `counted` has the few rows up to a limit. Sorting the few rows that a page found by their ids is fast.
  const slow = plans.filter(({ sql, plan }) => /SCAN (?!search VIRTUAL|theme USING INDEX|correction\b|counted\b|\(?subquery|CONSTANT)/.test(plan) || (/TEMP B-TREE/.test(plan) && !/ in \(|search_word|"article_id" = \+\?/.test(sql)));
  expect(slow).toEqual([]);
});

const original = SqliteFile.prototype.prepare;
