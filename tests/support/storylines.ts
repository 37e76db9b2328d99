import { encodeRelated, type Related } from '../../src/content/related/related-list.ts';
import { recordChange } from '../../src/storage/database/changes.ts';
import { inTransaction } from '../../src/storage/database/database.ts';
import { addStoryline } from '../../src/storage/storylines/storylines.ts';
import { updateMembership } from '../../src/storage/storylines/membership.ts';
import { addArticle, now, stored, type TestSite } from './test-site.ts';

/** Makes a storyline of articles, as the program does. Returns its id. */
export async function makeStoryline({ context: { db } }: TestSite, articleIds: number[], name = ''): Promise<number> {
  return inTransaction(db, async (transaction) => {
    const storylineId = await addStoryline(transaction, name);
    for (const id of articleIds) await updateMembership(transaction, id, { storylineId });
    return storylineId;
  });
}

/** Adds articles that were published one minute after another, the last one now. Returns their ids. */
export async function addArticles(site: TestSite, titles: string[], theme = 'World'): Promise<number[]> {
  const ids: number[] = [];
  for (const [index, title] of titles.entries()) ids.push((await addArticle(site, { title, theme, publishedAt: now - (titles.length - 1 - index) * 60_000 })).id);
  return ids;
}

/** The storyline of each article, by the article's id; an asterisk if an editor decided. */
export async function placesOf(site: TestSite): Promise<Record<string, string>> {
  const rows = await stored(site, 'select article_id, storyline_id, is_chosen from storyline_article order by article_id');
  return Object.fromEntries(rows.map((row) => [String(row['article_id']), `${row['storyline_id'] ?? 'alone'}${row['is_chosen'] === 1 ? '*' : ''}`]));
}

/** The tags of the last change. */
export async function lastTags(site: TestSite): Promise<string[]> {
  const [row] = await stored(site, 'select touched from change order by id desc limit 1');
  return (JSON.parse(String(row?.['touched'] ?? '[]')) as string[]).toSorted();
}

/** Stores the related articles of an article, as the program does. */
export async function storeRelated({ context: { db } }: TestSite, articleId: number, related: Related[]): Promise<void> {
  const row = { article_id: articleId, related: encodeRelated(related), terms: new Uint8Array(), sketch: new Uint8Array() };
  await inTransaction(db, (transaction) => transaction.insertInto('signature').values(row).execute());
}

/** Puts articles into a storyline, and creates the storyline if there is none with this id. Records the change that readers see. */
export async function putInStoryline({ context: { db, clock } }: TestSite, id: number, articles: { id: number }[], name = ''): Promise<void> {
  await inTransaction(db, async (transaction) => {
    await transaction.insertInto('storyline').values({ id, name, joined_into: null }).onConflict((conflict) => conflict.column('id').doUpdateSet({ name })).execute();
    const ids = articles.map((article) => article.id);
    const before = await transaction.selectFrom('storyline_article').select(['storyline_id', 'theme_id']).where('article_id', 'in', ids).execute();
    for (const articleId of ids) await updateMembership(transaction, articleId, { storylineId: id });
    const tags = before.flatMap((row) => [...(row.storyline_id === null ? [] : [`storyline:${row.storyline_id}`]), ...(row.theme_id === null ? [] : [`theme:${row.theme_id}`])]);
    await recordChange(transaction, [`storyline:${id}`, ...new Set(tags), ...ids.map((articleId) => `article:${articleId}`), 'published'], clock());
  });
}

/** Moves all articles of a storyline into another one, to which it then redirects. */
export async function joinStorylines(site: TestSite, from: number, into: number): Promise<void> {
  const { db, clock } = site.context;
  const articles = await db.reader.selectFrom('storyline_article').select('article_id as id').where('storyline_id', '=', from).execute();
  await putInStoryline(site, into, articles);
  await inTransaction(db, async (transaction) => {
    await transaction.updateTable('storyline').set({ joined_into: into }).where('id', '=', from).execute();
    await recordChange(transaction, [`storyline:${from}`], clock());
  });
}

/** Sets the related articles of an article, most relevant first. */
export async function relate({ context: { db, clock } }: TestSite, { id }: { id: number }, others: { id: number }[]): Promise<void> {
  const related = encodeRelated(others.map((other, index) => ({ id: other.id, relevance: 1 - index / 100 })));
  await inTransaction(db, async (transaction) => {
    await transaction.insertInto('signature').values({ article_id: id, related, terms: new Uint8Array(), sketch: new Uint8Array() }).onConflict((conflict) => conflict.column('article_id').doUpdateSet({ related })).execute();
    await recordChange(transaction, [`related:${id}`], clock());
  });
}
