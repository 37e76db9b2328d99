import { inTransaction, type Database } from '../database/database.ts';

export async function findMaster(db: Database, pictureId: number): Promise<Buffer | undefined> {
  return (await db.reader.selectFrom('picture_master').select('data').where('picture_id', '=', pictureId).executeTakeFirst())?.data;
}

/** Without `data`, a process is making the rendition, until `leaseUntil` at the latest (UTC milliseconds). */
export interface StoredRendition {
  data: Buffer | null;
  leaseUntil: number;
}

export async function findStoredRendition(db: Database, pictureId: number, name: string): Promise<StoredRendition | undefined> {
  const row = await db.reader.selectFrom('rendition').select(['data', 'lease_until']).where('picture_id', '=', pictureId).where('name', '=', name).executeTakeFirst();
  return row && { data: row.data, leaseUntil: row.lease_until };
}

/**
 * Gives this process the right to make a rendition. Returns false if it exists, if another process is making it, or if
 * there is no such picture. A lease that ran out is taken over, because its process must have crashed.
 */
export async function leaseRendition(db: Database, pictureId: number, name: string, now: number, until: number): Promise<boolean> {
  return inTransaction(db, async (transaction) => {
    const picture = await transaction.selectFrom('picture').select('id').where('id', '=', pictureId).executeTakeFirst();
    if (!picture) return false;
    const leased = await transaction
      .insertInto('rendition')
      .values({ picture_id: pictureId, name, data: null, lease_until: until })
      .onConflict((conflict) => conflict.columns(['picture_id', 'name']).doUpdateSet({ lease_until: until }).where('rendition.data', 'is', null).where('rendition.lease_until', '<=', now))
      .returning('name')
      .executeTakeFirst();
    return leased !== undefined;
  });
}

/** Stores nothing if the lease has gone meanwhile, because the picture was deleted or its focal point moved. */
export async function storeRendition(db: Database, pictureId: number, name: string, data: Buffer): Promise<void> {
  await inTransaction(db, (transaction) => transaction.updateTable('rendition').set({ data }).where('picture_id', '=', pictureId).where('name', '=', name).where('data', 'is', null).execute());
}

export async function renewLease(db: Database, pictureId: number, name: string, until: number): Promise<void> {
  await inTransaction(db, (transaction) => transaction.updateTable('rendition').set({ lease_until: until }).where('picture_id', '=', pictureId).where('name', '=', name).where('data', 'is', null).execute());
}

/** Lets other processes try to make a rendition. */
export async function endLease(db: Database, pictureId: number, name: string): Promise<void> {
  await inTransaction(db, (transaction) => transaction.deleteFrom('rendition').where('picture_id', '=', pictureId).where('name', '=', name).where('data', 'is', null).execute());
}
