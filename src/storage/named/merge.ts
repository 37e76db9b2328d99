import { sql } from 'kysely';
import { recordChange } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle, NamedKind } from '../database/schema.ts';
import { recordAction } from '../newsroom/audit-log.ts';
import { setPictureUses } from '../pictures/picture-uses.ts';
import { beginThemeMerge, findMergeTarget } from '../themes/merge-themes.ts';
import { inheritProfile } from './authors.ts';
import { findById, removeMerged, type Move } from './merged-names.ts';
import type { Named } from './named.ts';
import { nameChangeTag } from './slugs.ts';

/**
 * `isComplete` is false for a large theme: `continueThemeMerge` has to move the rest of its articles.
 * `same`: it can't be merged into itself. `gone`: one of the two does not exist any more, or is being merged.
 */
export type MergeResult = { merged: Named; isComplete: boolean } | { refused: 'gone' | 'same' };

/**
 * Moves all articles of one theme, topic or author to another, which keeps its name and address, and deletes the first.
 * The old addresses redirect, and texts may still use the old names.
 *
 * @param editorId null for the command line
 */
export async function mergeNamed(db: Database, kind: NamedKind, move: Move, editorId: number | null, now: number): Promise<MergeResult> {
  const { from, into } = move;
  if (from === into) return { refused: 'same' };
  return inTransaction(db, async (transaction) => {
    const [source, target] = [await findById(transaction, kind, from), await findById(transaction, kind, into)];
    if (!source || !target) return { refused: 'gone' };
    const present = kind === 'theme' ? await findMergeTarget(transaction, from) : undefined;
    // The form may have been sent twice.
    if (present?.id === into) return { merged: target, isComplete: false };
    if (present || (kind === 'theme' && (await findMergeTarget(transaction, into)))) return { refused: 'gone' };
    await recordAction(transaction, { editorId, action: `${kind}-merge`, detail: `${source.name} → ${target.name}` }, now);
    if (kind === 'theme') return { merged: target, isComplete: await beginThemeMerge(transaction, move, now) };
    await moveLinks(transaction, kind, move);
    if (kind === 'author') await inheritProfile(transaction, move);
    if (kind === 'author') await setPictureUses(transaction, 'author', from, []);
    await removeMerged(transaction, kind, move);
    await recordChange(transaction, [nameChangeTag(kind), `${kind}:${from}`, `${kind}:${into}`, 'articles', 'published'], now);
    return { merged: target, isComplete: true };
  });
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
