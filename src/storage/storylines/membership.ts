import { sql } from 'kysely';
import type { Handle } from '../database/schema.ts';

export interface Membership {
  storylineId: number | null;
  themeId: number | null;
  /** UTC milliseconds; null if the article is neither published nor scheduled. */
  publicAt: number | null;
  /** Whether an editor decided about the storyline. */
  isChosen: boolean;
}

/** Adds the rows of new articles, each alone in its storyline. */
export async function addMemberships(transaction: Handle, articles: { id: number; themeId: number | null; publicAt: number | null }[]): Promise<void> {
  const rows = articles.map(({ id, themeId, publicAt }) => ({ article_id: id, theme_id: themeId, public_at: publicAt }));
  // SQLite allows 32,766 parameters in a statement.
  for (let at = 0; at < rows.length; at += 1000) await transaction.insertInto('storyline_article').values(rows.slice(at, at + 1000)).execute();
}

/** Undefined if the article has no row yet. */
export async function findMembership(db: Handle, articleId: number): Promise<Membership | undefined> {
  return (await findMemberships(db, [articleId])).get(articleId);
}

export async function findMemberships(db: Handle, articleIds: number[]): Promise<Map<number, Membership>> {
  if (articleIds.length === 0) return new Map();
  const rows = await db.selectFrom('storyline_article').select(['article_id', 'storyline_id', 'theme_id', 'public_at', 'is_chosen']).where('article_id', 'in', articleIds).execute();
  return new Map(rows.map((row) => [row.article_id, { storylineId: row.storyline_id, themeId: row.theme_id, publicAt: row.public_at, isChosen: row.is_chosen === 1 }]));
}

/**
 * Changes an article's storyline, or copies a new theme or publication time of the article, and updates `superseded_at`
 * of the article and its neighbours. Inserts the row if it is missing. The caller has to record the change.
 */
export async function updateMembership(transaction: Handle, articleId: number, change: Partial<Membership>): Promise<void> {
  const before = await findMembership(transaction, articleId);
  const after: Membership = { storylineId: null, themeId: null, publicAt: null, isChosen: false, ...before, ...change };
  const values = { storyline_id: after.storylineId, theme_id: after.themeId, public_at: after.publicAt, is_chosen: after.isChosen ? 1 : 0 };
  if (before && isSamePlace(before, after)) {
    await transaction.updateTable('storyline_article').set(values).where('article_id', '=', articleId).execute();
    return;
  }
  if (before) await linkNeighbours(transaction, articleId, before);
  const next = await findNeighbour(transaction, articleId, after, 'next');
  const row = { ...values, superseded_at: next?.publicAt ?? null };
  await transaction.insertInto('storyline_article').values({ article_id: articleId, ...row }).onConflict((conflict) => conflict.column('article_id').doUpdateSet(row)).execute();
  const previous = await findNeighbour(transaction, articleId, after, 'previous');
  if (previous && after.publicAt !== null) await supersede(transaction, previous.id, after.publicAt);
}

export interface Move {
  articleId: number;
  storylineId: number | null;
}

/** From this number of moves on, it is faster to link the articles of the storylines all over again. */
const minBulkMoves = 5;

/** Moves articles to other storylines, for example after an import. The caller records the change. */
export async function moveArticles(transaction: Handle, moves: Move[]): Promise<void> {
  if (moves.length < minBulkMoves) {
    for (const { articleId, storylineId } of moves) await updateMembership(transaction, articleId, { storylineId });
    return;
  }
  const articles = new Map(moves.map(({ articleId, storylineId }) => [articleId, storylineId]));
  const left = await transaction.selectFrom('storyline_article').select('storyline_id').distinct().where('article_id', 'in', [...articles.keys()]).where('storyline_id', 'is not', null).execute();
  for (const storylineId of new Set(articles.values())) {
    const ids = [...articles.keys()].filter((id) => articles.get(id) === storylineId);
    await transaction.updateTable('storyline_article').set({ storyline_id: storylineId, superseded_at: null }).where('article_id', 'in', ids).execute();
  }
  await linkStorylines(transaction, [...new Set([...left.map((row) => row.storyline_id), ...articles.values()])].filter((id) => id !== null));
}

/** Moves articles from one storyline to another. Undefined `articleIds`: all of them. An editor decided so. */
export async function moveMemberships(transaction: Handle, { from, to, articleIds }: { from: number; to: number; articleIds?: number[] }): Promise<void> {
  let update = transaction.updateTable('storyline_article').set({ storyline_id: to, is_chosen: 1 }).where('storyline_id', '=', from);
  if (articleIds) update = update.where('article_id', 'in', articleIds);
  await update.execute();
  await linkStorylines(transaction, articleIds ? [from, to] : [to]);
}

/** Moves articles to another theme. The caller records the change. */
export async function moveToTheme(transaction: Handle, articleIds: number[], themeId: number): Promise<void> {
  await transaction.updateTable('storyline_article').set({ theme_id: themeId, superseded_at: null }).where('article_id', 'in', articleIds).execute();
  const storylines = await transaction.selectFrom('storyline_article').select('storyline_id').distinct().where('article_id', 'in', articleIds).where('storyline_id', 'is not', null).execute();
  await linkStorylines(transaction, storylines.map((row) => row.storyline_id).filter((id) => id !== null));
}

/** Does for whole storylines what {@link updateMembership} does for one article: in one statement, because thousands of them would hold the write lock for too long. */
async function linkStorylines(transaction: Handle, storylineIds: number[]): Promise<void> {
  if (storylineIds.length === 0) return;
  await sql`
    update storyline_article set superseded_at = placed.next_at
    from (
      select article_id, lead(public_at) over (partition by storyline_id, theme_id order by public_at, article_id) as next_at
      from storyline_article where storyline_id in (${sql.join(storylineIds)}) and public_at is not null and theme_id is not null
    ) as placed
    where storyline_article.article_id = placed.article_id and storyline_article.superseded_at is distinct from placed.next_at`.execute(transaction);
}

function isSamePlace(before: Membership, after: Membership): boolean {
  return before.storylineId === after.storylineId && before.themeId === after.themeId && before.publicAt === after.publicAt;
}

/** Links the articles before and after an article that leaves its place. */
async function linkNeighbours(transaction: Handle, articleId: number, place: Membership): Promise<void> {
  const previous = await findNeighbour(transaction, articleId, place, 'previous');
  if (previous) await supersede(transaction, previous.id, (await findNeighbour(transaction, articleId, place, 'next'))?.publicAt ?? null);
}

async function supersede(transaction: Handle, articleId: number, supersededAt: number | null): Promise<void> {
  await transaction.updateTable('storyline_article').set({ superseded_at: supersededAt }).where('article_id', '=', articleId).execute();
}

/** The next older or newer article of the same storyline in the same theme. Articles of the same time are in the order of their ids. */
async function findNeighbour(transaction: Handle, articleId: number, { storylineId, themeId, publicAt }: Membership, side: 'previous' | 'next'): Promise<{ id: number; publicAt: number } | undefined> {
  if (storylineId === null || themeId === null || publicAt === null) return undefined;
  const [sign, direction] = side === 'next' ? (['>', 'asc'] as const) : (['<', 'desc'] as const);
  const row = await transaction
    .selectFrom('storyline_article')
    .select(['article_id', 'public_at'])
    .where('storyline_id', '=', storylineId)
    .where('theme_id', '=', themeId)
    .where('article_id', '!=', articleId)
    .where((eb) => eb(eb.refTuple('public_at', 'article_id'), sign, eb.tuple(publicAt, articleId)))
    .orderBy('public_at', direction)
    .orderBy('article_id', direction)
    .limit(1)
    .executeTakeFirst();
  return row && { id: row.article_id, publicAt: row.public_at ?? 0 };
}
