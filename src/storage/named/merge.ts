import { sql } from 'kysely';
import { nameKey } from '../../content/articles/article.ts';
import { recordChange } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle, NamedKind } from '../database/schema.ts';
import { recordAction } from '../newsroom/audit-log.ts';
import { setPictureUses } from '../pictures/picture-uses.ts';
import { moveThemeMemberships } from '../storylines/membership.ts';
import { inheritProfile } from './authors.ts';
import type { Named } from './named.ts';
import { storeThemeTimes } from './navigation.ts';
import { nameChangeTag, redirectOldSlug } from './slugs.ts';

/** `same`: it can't be merged into itself. `gone`: one of the two does not exist any more. */
export type MergeResult = { merged: Named } | { refused: 'gone' | 'same' };

/**
 * Moves all articles of one theme, topic or author to another, which keeps its name and address, and deletes the first.
 * The old addresses redirect, and texts may still use the old names.
 *
 * @param editorId null for the command line
 */
export async function mergeNamed(db: Database, kind: NamedKind, { from, into }: { from: number; into: number }, editorId: number | null, now: number): Promise<MergeResult> {
  if (from === into) return { refused: 'same' };
  return inTransaction(db, async (transaction) => {
    const [source, target] = [await findById(transaction, kind, from), await findById(transaction, kind, into)];
    if (!source || !target) return { refused: 'gone' };
    await (kind === 'theme' ? moveTheme(transaction, { from, into }) : moveLinks(transaction, kind, { from, into }));
    if (kind === 'author') await inheritProfile(transaction, { from, into });
    await moveNames(transaction, kind, source, target);
    if (kind !== 'topic') await setPictureUses(transaction, kind, from, []);
    await transaction.deleteFrom(kind).where('id', '=', from).execute();
    if (kind === 'theme') await storeThemeTimes(transaction, [into], now);
    await recordAction(transaction, { editorId, action: `${kind}-merge`, detail: `${source.name} → ${target.name}` }, now);
    await recordChange(transaction, [nameChangeTag(kind), `${kind}:${from}`, `${kind}:${into}`, 'articles', 'published', ...(kind === 'theme' ? ['theme-list'] : [])], now);
    return { merged: target };
  });
}

interface Move {
  from: number;
  into: number;
}

async function findById(transaction: Handle, kind: NamedKind, id: number): Promise<Named | undefined> {
  return transaction.selectFrom(kind).select(['id', 'slug', 'name']).where('id', '=', id).executeTakeFirst();
}

async function moveTheme(transaction: Handle, { from, into }: Move): Promise<void> {
  await inheritDetails(transaction, { from, into });
  await moveThemeMemberships(transaction, { from, to: into });
  await transaction.updateTable('article').set({ theme_id: into }).where('theme_id', '=', from).execute();
  // Indexing thousands of articles again would hold the write lock for too long, so searches look for both ids.
  await transaction.updateTable('merged_theme').set({ into_id: into }).where('into_id', '=', from).execute();
  await transaction.insertInto('merged_theme').values({ id: from, into_id: into }).execute();
}

/** What the remaining theme does not have itself. */
async function inheritDetails(transaction: Handle, { from, into }: Move): Promise<void> {
  const details = async (id: number) => transaction.selectFrom('theme').select(['description', 'picture_id']).where('id', '=', id).executeTakeFirstOrThrow();
  const [source, target] = [await details(from), await details(into)];
  const pictureId = target.picture_id ?? source.picture_id;
  await transaction.updateTable('theme').set({ description: target.description || source.description, picture_id: pictureId }).where('id', '=', into).execute();
  await setPictureUses(transaction, 'theme', into, pictureId === null ? [] : [pictureId]);
}

/** An article that has both keeps the better of the two places. */
async function moveLinks(transaction: Handle, kind: 'topic' | 'author', { from, into }: Move): Promise<void> {
  const [table, column] = [sql.table(`article_${kind}`), sql.ref(`${kind}_id`)];
  await sql`
    update ${table} set position = source.position from (select article_id, position from ${table} where ${column} = ${from}) as source
    where ${table}.${column} = ${into} and ${table}.article_id = source.article_id and source.position < ${table}.position`.execute(transaction);
  await sql`delete from ${table} where ${column} = ${from} and article_id in (select article_id from ${table} where ${column} = ${into})`.execute(transaction);
  await sql`update ${table} set ${column} = ${into} where ${column} = ${from}`.execute(transaction);
}

async function moveNames(transaction: Handle, kind: NamedKind, source: Named, target: Named): Promise<void> {
  await transaction.updateTable('old_slug').set({ target_id: target.id }).where('kind', '=', kind).where('target_id', '=', source.id).execute();
  await redirectOldSlug(transaction, kind, target.id, { from: source.slug, to: target.slug });
  await transaction.updateTable('old_name').set({ target_id: target.id }).where('kind', '=', kind).where('target_id', '=', source.id).execute();
  const former = { kind, name_key: nameKey(source.name), target_id: target.id };
  await transaction.insertInto('old_name').values(former).onConflict((conflict) => conflict.columns(['kind', 'name_key']).doUpdateSet(former)).execute();
}
