import { nameKey } from '../../content/articles/article.ts';
import { retireIds } from '../database/ids.ts';
import type { Handle, NamedKind } from '../database/schema.ts';
import type { Named } from './named.ts';
import { redirectOldSlug } from './slugs.ts';

export interface Move {
  from: number;
  into: number;
}

export async function findById(db: Handle, kind: NamedKind, id: number): Promise<Named | undefined> {
  return db.selectFrom(kind).select(['id', 'slug', 'name']).where('id', '=', id).executeTakeFirst();
}

/** Deletes a row that nothing refers to any more. Its addresses redirect to the other row, and texts may still use its names. */
export async function removeMerged(transaction: Handle, kind: NamedKind, { from, into }: Move): Promise<void> {
  const [source, target] = [await findById(transaction, kind, from), await findById(transaction, kind, into)];
  if (!source || !target) throw new Error(`There is no ${kind} ${from} or ${into}`);
  await transaction.updateTable('old_slug').set({ target_id: into }).where('kind', '=', kind).where('target_id', '=', from).execute();
  await redirectOldSlug(transaction, kind, into, { from: source.slug, to: target.slug });
  await transaction.updateTable('old_name').set({ target_id: into }).where('kind', '=', kind).where('target_id', '=', from).execute();
  const former = { kind, name_key: nameKey(source.name), target_id: into };
  await transaction.insertInto('old_name').values(former).onConflict((conflict) => conflict.columns(['kind', 'name_key']).doUpdateSet(former)).execute();
  await transaction.deleteFrom(kind).where('id', '=', from).execute();
  await retireIds(transaction, kind, [from]);
}
