import { expect, test } from 'vitest';
import { recallArticle, reinstateArticle, withdrawArticle } from '../../../src/storage/articles/article-states.ts';
import { inTransaction } from '../../../src/storage/database/database.ts';
import { changeSlug } from '../../../src/storage/named/slugs.ts';
import { findNavigation, findNextNewThemeTime, listNewestThemes, listThemes } from '../../../src/storage/themes/navigation.ts';
import { seeded } from '../../support/random.ts';
import { addArticle, emptySite, now, stored, type TestSite } from '../../support/test-site.ts';

const minute = 60_000;
const editor = { id: 1, role: 'administrator' } as const;

async function navigation({ context }: TestSite, time: number): Promise<string[]> {
  return (await findNavigation(context.db.reader, time)).themes.map(({ name }) => name);
}

test('the navigation has the nine themes with the most recent articles, oldest theme first', async () => {
  const site = await emptySite();
  for (let n = 1; n <= 12; n += 1) await addArticle(site, { theme: `Theme ${n}`, publishedAt: now - n * minute });
  expect(await navigation(site, now)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `Theme ${n}`));
  await addArticle(site, { theme: 'Theme 12', publishedAt: now });
  expect(await navigation(site, now)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 12].map((n) => `Theme ${n}`));
});

test('a scheduled article brings its theme into the navigation on time, without a write', async () => {
  const site = await emptySite();
  for (let n = 1; n <= 10; n += 1) await addArticle(site, { theme: `Theme ${n}`, publishedAt: now - n * minute });
  await addArticle(site, { theme: 'Theme 2', publishedAt: now + minute });
  await addArticle(site, { theme: 'Theme 10', publishedAt: now + 2 * minute });
  const { reader } = site.context.db;
  expect((await findNavigation(reader, now)).changesAt).toBe(now + 2 * minute);
  expect(await navigation(site, now + 2 * minute - 1)).not.toContain('Theme 10');
  expect(await navigation(site, now + 2 * minute)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 10].map((n) => `Theme ${n}`));
  expect((await findNavigation(reader, now + 2 * minute)).changesAt).toBeUndefined();
});

test('themes are ordered by their latest articles after every publication, schedule, withdrawal, reinstatement and recall', async () => {
  const site = await emptySite();
  const { db } = site.context;
  await inTransaction(db, (transaction) => transaction.insertInto('editor').values({ id: 1, email: 'a@news.example', email_key: 'a@news.example', name: 'A', role: 'administrator', password_hash: null, created_at: 0, disabled_at: null }).execute());
  const random = seeded(7);
  const ids: number[] = [];
  for (let step = 0; step < 120; step += 1) {
    const id = random.pick(ids.length > 0 ? ids : [0]);
    const action = random.pick(['add', 'add', 'add', 'withdraw', 'reinstate', 'recall', 'pass']);
    const time = site.time.now;
    if (action === 'add') ids.push((await addArticle(site, { theme: `Theme ${random.below(15)}`, publishedAt: time + (random.below(40) - 30) * minute })).id);
    if (action === 'withdraw') await withdrawArticle(db, id, '', time);
    if (action === 'reinstate') await reinstateArticle(db, id, time, editor);
    if (action === 'recall') await recallArticle(db, id, time, editor);
    if (action === 'pass') site.time.now += random.below(8) * minute;

    const at = site.time.now;
    const truth = await stored(site, `select name, min(public_at) as first, max(case when public_at <= ${at} then public_at end) as latest from theme join article on theme_id = theme.id where public_at is not null group by theme.id, name order by latest desc, theme.id desc`);
    const shown = truth.filter(({ latest }) => latest !== null).map(({ name }) => name);
    expect((await listNewestThemes(db.reader, at, 100)).map(({ name }) => name), `step ${step}, ${action}`).toEqual(shown);
    expect((await listThemes(db, at, { limit: 100 })).themes.map(({ name }) => name).toSorted()).toEqual(shown.toSorted());
    const firsts = truth.map(({ first }) => Number(first)).filter((first) => first > at);
    expect(await findNextNewThemeTime(db, at)).toBe(firsts.length > 0 ? Math.min(...firsts) : undefined);
  }
});

test('the pages of the theme list contain each theme once, by name, even if a slug has changed', async () => {
  const site = await emptySite();
  for (const theme of ['delta', 'Alpha', 'Éclair', 'bravo', 'Charlie']) await addArticle(site, { theme });
  await addArticle(site, { theme: 'Draft only', publishedAt: null });
  const { db } = site.context;
  await changeSlug(db, 'theme', 4, 'b', now);
  const pages: string[][] = [];
  let after: string | undefined;
  do {
    const { themes, hasMore } = await listThemes(db, now, { after, limit: 2 });
    pages.push(themes.map(({ name }) => name));
    after = hasMore ? themes.at(-1)?.slug : undefined;
  } while (after !== undefined);
  expect(pages).toEqual([['Alpha', 'bravo'], ['Charlie', 'delta'], ['Éclair']]);
});
