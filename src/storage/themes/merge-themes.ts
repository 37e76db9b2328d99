import { recordChange } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { removeMerged, type Move } from '../named/merged-names.ts';
import type { Named } from '../named/named.ts';
import { setPictureUses } from '../pictures/picture-uses.ts';
import { moveToTheme } from '../storylines/membership.ts';
import { storeThemeTimes } from './navigation.ts';

/** A larger theme is merged in several transactions, because rewriting 100,000 articles takes longer than other writes wait. */
const stepSize = 200;

/**
 * Merges a theme, or begins to: see {@link continueThemeMerge}. Returns whether it is complete. The themes must exist, and
 * neither may be merged into another one already.
 */
export async function beginThemeMerge(transaction: Handle, move: Move, now: number): Promise<boolean> {
  const { from, into } = move;
  await transaction.insertInto('theme_merge').values({ from_id: from, into_id: into }).execute();
  // The search index keeps the old id, because updating it for thousands of articles would hold the write lock for too long. Searches look for both ids.
  await transaction.updateTable('merged_theme').set({ into_id: into }).where('into_id', '=', from).execute();
  await transaction.insertInto('merged_theme').values({ id: from, into_id: into }).execute();
  return takeStep(transaction, move, now);
}

/** Takes the next step of a merge that was begun. Readers see the articles of each step in the other theme. Returns whether a step was needed. */
export async function continueThemeMerge(db: Database, now: number): Promise<boolean> {
  // Without a merge to continue, nothing is written: a transaction would take the write lock.
  if (!(await findNextMerge(db.reader))) return false;
  return inTransaction(db, async (transaction) => {
    const merge = await findNextMerge(transaction);
    if (merge) await takeStep(transaction, merge, now);
    return merge !== undefined;
  });
}

async function findNextMerge(db: Handle): Promise<Move | undefined> {
  return db.selectFrom('theme_merge').select(['from_id as from', 'into_id as into']).orderBy('from_id').limit(1).executeTakeFirst();
}

/** The theme to which a theme's articles are being moved. */
export async function findMergeTarget(db: Handle, themeId: number): Promise<Named | undefined> {
  return db.selectFrom('theme_merge').innerJoin('theme', 'theme.id', 'into_id').select(['theme.id', 'slug', 'name']).where('from_id', '=', themeId).executeTakeFirst();
}

/** Returns whether it was the last step. */
async function takeStep(transaction: Handle, move: Move, now: number): Promise<boolean> {
  const { from, into } = move;
  const articles = await transaction.selectFrom('article').select('id').where('theme_id', '=', from).orderBy('public_at', 'desc').orderBy('id').limit(stepSize + 1).execute();
  const ids = articles.slice(0, stepSize).map(({ id }) => id);
  if (ids.length > 0) await moveToTheme(transaction, ids, into);
  if (ids.length > 0) await transaction.updateTable('article').set({ theme_id: into }).where('id', 'in', ids).execute();
  const isLast = articles.length <= stepSize;
  if (isLast) await complete(transaction, move);
  await storeThemeTimes(transaction, isLast ? [into] : [from, into], now);
  await recordChange(transaction, ['themes', `theme:${from}`, `theme:${into}`, 'articles', 'published', 'theme-list'], now);
  return isLast;
}

async function complete(transaction: Handle, { from, into }: Move): Promise<void> {
  await transaction.deleteFrom('theme_merge').where('from_id', '=', from).execute();
  await transaction.updateTable('theme_merge').set({ into_id: into }).where('into_id', '=', from).execute();
  await inheritDetails(transaction, { from, into });
  await setPictureUses(transaction, 'theme', from, []);
  await removeMerged(transaction, 'theme', { from, into });
}

/** What the remaining theme does not have itself. */
async function inheritDetails(transaction: Handle, { from, into }: Move): Promise<void> {
  const details = async (id: number) => transaction.selectFrom('theme').select(['description', 'picture_id']).where('id', '=', id).executeTakeFirstOrThrow();
  const [source, target] = [await details(from), await details(into)];
  const pictureId = target.picture_id ?? source.picture_id;
  await transaction.updateTable('theme').set({ description: target.description || source.description, picture_id: pictureId }).where('id', '=', into).execute();
  await setPictureUses(transaction, 'theme', into, pictureId === null ? [] : [pictureId]);
}
