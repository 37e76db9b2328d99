import { nameKey } from '../../content/articles/article.ts';
import { recordChange } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { NamedKind } from '../database/schema.ts';
import { findByName, type Named } from './named.ts';
import { findFreeSlug, nameChangeTag, redirectOldSlug } from './slugs.ts';

export type RenameResult = { renamed: Named } | { refused: 'unknown' | 'taken' };

/** The new slug is transliterated by `language`. The old address redirects, and texts may still use the former name. */
export async function renameNamed(db: Database, kind: NamedKind, from: string, { to, language }: { to: string; language: string }, now: number): Promise<RenameResult> {
  return inTransaction(db, async (transaction) => {
    const named = await findByName(transaction, kind, from);
    if (!named) return { refused: 'unknown' };
    const holder = await transaction.selectFrom(kind).select('id').where('name_key', '=', nameKey(to)).executeTakeFirst();
    if (holder && holder.id !== named.id) return { refused: 'taken' };

    const slug = await findFreeSlug(transaction, kind, { text: to, language }, named.id);
    await transaction.updateTable(kind).set({ name: to, name_key: nameKey(to), slug }).where('id', '=', named.id).execute();
    const former = { kind, name_key: nameKey(named.name), target_id: named.id };
    await transaction.deleteFrom('old_name').where('kind', '=', kind).where('name_key', '=', nameKey(to)).execute();
    if (former.name_key !== nameKey(to)) await transaction.insertInto('old_name').values(former).onConflict((conflict) => conflict.columns(['kind', 'name_key']).doUpdateSet(former)).execute();
    await redirectOldSlug(transaction, kind, named.id, { from: named.slug, to: slug });
    await recordChange(transaction, [nameChangeTag(kind)], now);
    return { renamed: { id: named.id, slug, name: to } };
  });
}
