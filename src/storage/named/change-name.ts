import { nameKey } from '../../content/articles/article.ts';
import type { Handle, NamedKind } from '../database/schema.ts';
import { setNameWords } from './name-words.ts';
import { keysOf, type Named } from './named.ts';
import { redirectOldSlug } from './slugs.ts';

/** Other rows with the same name, the oldest first. Since migration 12 there may be several: see `findByName`. */
export async function listNamesakes(db: Handle, kind: NamedKind, name: string, id: number): Promise<Named[]> {
  const key = nameKey(name);
  return db.selectFrom(kind).select(['id', 'slug', 'name']).where('name_key', '>=', key).where('name_key', '<', `${key}!`).where('id', '<>', id).orderBy('id').execute();
}

export interface NameOwner extends Named {
  /** It had the name formerly. Texts may still use it, so nothing else may have it. */
  isFormer: boolean;
}

/** Another row that has a name or had it formerly. */
export async function findNameOwner(db: Handle, kind: NamedKind, name: string, id: number): Promise<NameOwner | undefined> {
  const [namesake] = await listNamesakes(db, kind, name, id);
  if (namesake) return { ...namesake, isFormer: false };
  const former = await db.selectFrom('old_name').select('target_id').where('kind', '=', kind).where('name_key', '=', nameKey(name)).where('target_id', '<>', id).executeTakeFirst();
  const owner = former && (await db.selectFrom(kind).select(['id', 'slug', 'name']).where('id', '=', former.target_id).executeTakeFirst());
  return owner && { ...owner, isFormer: true };
}

/** Sets a name that no other row has or had, and a free slug. The old address redirects, and texts may still use the former name. */
export async function changeName(transaction: Handle, kind: NamedKind, before: Named, { name, slug }: { name: string; slug: string }): Promise<void> {
  // A row that has the same name as another one has a key of its own, which has to stay.
  if (name !== before.name) await setName(transaction, kind, before, name);
  await transaction.updateTable(kind).set({ slug }).where('id', '=', before.id).execute();
  await redirectOldSlug(transaction, kind, before.id, { from: before.slug, to: slug });
}

async function setName(transaction: Handle, kind: NamedKind, before: Named, name: string): Promise<void> {
  const [formerKey, keys] = [nameKey(before.name), keysOf(name)];
  const key = keys.name_key;
  await transaction.updateTable(kind).set({ name, ...keys }).where('id', '=', before.id).execute();
  await setNameWords(transaction, kind, before.id, name);
  await transaction.deleteFrom('old_name').where('kind', '=', kind).where('name_key', '=', key).execute();
  const former = { kind, name_key: formerKey, target_id: before.id };
  if (formerKey !== key) await transaction.insertInto('old_name').values(former).onConflict((conflict) => conflict.columns(['kind', 'name_key']).doUpdateSet(former)).execute();
}
