import { lastChange, readChanges, recordChange, type ChangePosition, type Changes } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';

/** The id of the only row in `purge`. */
const row = 1;

/** The changes that have not been sent to the outer caches; undefined if there are none. */
export async function findUnpurgedChanges(db: Database): Promise<Changes | undefined> {
  const position = await db.reader.selectFrom('purge').select('change_id').where('id', '=', row).executeTakeFirst();
  if (!position || position.change_id < 0) return { touched: undefined, last: await lastChange(db) };
  const changes = await readChanges(db, { id: position.change_id, at: 0 });
  return changes.last.id > position.change_id ? changes : undefined;
}

/** Lets only one process send purges, until the lease expires. Returns whether this process has the lease. */
export async function acquirePurgeLease(db: Database, now: number, until: number): Promise<boolean> {
  // Read outside a transaction first, so that waiting for the lease takes no write lock.
  const current = await db.reader.selectFrom('purge').select('claimed_until').where('id', '=', row).executeTakeFirst();
  if (current && current.claimed_until > now) return false;
  return inTransaction(db, async (transaction) => {
    const lease = await transaction.selectFrom('purge').select('claimed_until').where('id', '=', row).executeTakeFirst();
    if (lease && lease.claimed_until > now) return false;
    if (lease) await transaction.updateTable('purge').set({ claimed_until: until }).where('id', '=', row).execute();
    // -1 means that nothing was ever purged, so the caches may contain anything.
    else await transaction.insertInto('purge').values({ id: row, change_id: -1, claimed_until: until }).execute();
    return true;
  });
}

/** Sets the time when the lease expires; 0 means now. After a failed purge, no process retries before that time. */
export async function releasePurgeLease(db: Database, at: number): Promise<void> {
  await inTransaction(db, async (transaction) => {
    await transaction.updateTable('purge').set({ claimed_until: at }).where('id', '=', row).execute();
  });
}

/** Records that all changes up to a position have been purged, and releases the lease. */
export async function recordPurge(db: Database, { id }: ChangePosition): Promise<void> {
  await inTransaction(db, async (transaction) => {
    await transaction.updateTable('purge').set({ change_id: id, claimed_until: 0 }).where('id', '=', row).execute();
  });
}

/** Records the version of the program when it starts. A new version may render the same content differently, so a change of version purges everything. */
export async function recordVersion(db: Database, version: string, now: number): Promise<void> {
  if ((await findVersion(db)) === version) return;
  await inTransaction(db, async (transaction) => {
    const known = await transaction.selectFrom('purge').select('version').where('id', '=', row).executeTakeFirst();
    if (known?.version === version) return;
    if (!known) await transaction.insertInto('purge').values({ id: row, change_id: -1, claimed_until: 0, version }).execute();
    else await transaction.updateTable('purge').set({ version }).where('id', '=', row).execute();
    if (known) await recordChange(transaction, ['all'], now);
  });
}

/** Call this when a process stops. Purges everything if a newer version has started since, because caches may contain pages of the old one. */
export async function recordLastResponse(db: Database, version: string, now: number): Promise<void> {
  if ((await findVersion(db)) === version) return;
  await inTransaction(db, (transaction) => recordChange(transaction, ['all'], now));
}

async function findVersion(db: Database): Promise<string | undefined> {
  return (await db.reader.selectFrom('purge').select('version').where('id', '=', row).executeTakeFirst())?.version;
}
