import { setImmediate as nextTurn } from 'node:timers/promises';
import { recordChange } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';
import { retireIds } from '../database/ids.ts';
import type { Handle } from '../database/schema.ts';
import { recordAction } from '../newsroom/audit-log.ts';
import { changeName, findNameOwner, type NameOwner } from './change-name.ts';
import { findEditedName, isUnused } from './edited-names.ts';
import { findFreeSlug, nameChangeTag } from './slugs.ts';

/** `before` is the name that the editor saw. If somebody else has changed it, the result is `conflict`. */
export async function renameTopic(db: Database, { id, before, name, language }: { id: number; before: string; name: string; language: string }, editorId: number, now: number): Promise<'done' | 'gone' | 'conflict' | { takenBy: NameOwner }> {
  return inTransaction(db, async (transaction) => {
    const topic = await findEditedName(transaction, 'topic', id);
    if (!topic) return 'gone';
    if (topic.name === name) return 'done';
    if (topic.name !== before) return 'conflict';
    const takenBy = await findNameOwner(transaction, 'topic', name, id);
    if (takenBy) return { takenBy };
    await changeName(transaction, 'topic', topic, { name, slug: await findFreeSlug(transaction, 'topic', { text: name, language }, id) });
    await recordAction(transaction, { editorId, action: 'topic-rename', detail: `${topic.name} → ${name}` }, now);
    await recordChange(transaction, [nameChangeTag('topic')], now);
    return 'done';
  });
}

/** Deletes a topic without articles. Returns false, and deletes nothing, if it has some. */
export async function deleteTopic(db: Database, id: number, editorId: number, now: number): Promise<boolean> {
  return inTransaction(db, async (transaction) => {
    const topic = await findEditedName(transaction, 'topic', id);
    if (!topic) return true;
    if (topic.articles > 0) return false;
    await removeTopics(transaction, [id], now);
    await recordAction(transaction, { editorId, action: 'topic-deletion', detail: topic.name }, now);
    return true;
  });
}

/** Other writes wait no longer than for one batch, and requests are answered between two. */
const batchSize = 200;

/** Deletes all topics without articles. Returns their number. */
export async function deleteUnusedTopics(db: Database, editorId: number, now: number): Promise<number> {
  let all = 0;
  let deleted: number;
  do {
    deleted = await deleteBatch(db, editorId, now);
    all += deleted;
    await nextTurn();
  } while (deleted === batchSize);
  return all;
}

async function deleteBatch(db: Database, editorId: number, now: number): Promise<number> {
  return inTransaction(db, async (transaction) => {
    const unused = await transaction.selectFrom('topic').select('id').where(isUnused('topic')).orderBy('id').limit(batchSize).execute();
    if (unused.length === 0) return 0;
    await removeTopics(transaction, unused.map(({ id }) => id), now);
    await recordAction(transaction, { editorId, action: 'topics-deletion', detail: String(unused.length) }, now);
    return unused.length;
  });
}

export async function countUnusedTopics(db: Database): Promise<number> {
  const { count } = await db.reader.selectFrom('topic').select((eb) => eb.fn.countAll<number | string>().as('count')).where(isUnused('topic')).executeTakeFirstOrThrow();
  return Number(count);
}

/** A topic without articles has no page, but its former addresses may redirect. */
async function removeTopics(transaction: Handle, ids: number[], now: number): Promise<void> {
  await transaction.deleteFrom('old_name').where('kind', '=', 'topic').where('target_id', 'in', ids).execute();
  const redirects = await transaction.deleteFrom('old_slug').where('kind', '=', 'topic').where('target_id', 'in', ids).returning('slug').execute();
  await transaction.deleteFrom('topic').where('id', 'in', ids).execute();
  await retireIds(transaction, 'topic', ids);
  if (redirects.length > 0) await recordChange(transaction, [nameChangeTag('topic')], now);
}
