import type { Handle, RetiringKind } from './schema.ts';

/** An id that no row has ever had. Call this in the transaction that inserts the new row. */
export async function nextId(transaction: Handle, kind: RetiringKind): Promise<number> {
  const present = transaction.selectFrom(kind).select((eb) => eb.fn.max('id').as('id'));
  const used = present.unionAll(transaction.selectFrom('retired_id').select('id').where('kind', '=', kind));
  const { last } = await transaction.selectFrom(used.as('used')).select((eb) => eb.fn.max('used.id').as('last')).executeTakeFirstOrThrow();
  return (last ?? 0) + 1;
}

/** Call this when rows are deleted, so that no later row gets their ids: open pages and the search index refer to rows by id. */
export async function retireIds(transaction: Handle, kind: RetiringKind, ids: number[]): Promise<void> {
  const row = { kind, id: Math.max(...ids) };
  await transaction.insertInto('retired_id').values(row).onConflict((conflict) => conflict.column('kind').doUpdateSet(row).where('retired_id.id', '<', row.id)).execute();
}
