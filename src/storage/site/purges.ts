import { lastChange, readChanges, recordChange, type ChangePosition, type Changes } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';

/** The only row of its table. */
const row = 1;

/**
 * What caches in front of the site have not been told yet; undefined: nothing. The first time, they may hold anything.
 */
export async function findUnpurgedChanges(db: Database): Promise<Changes | undefined> {
  const position = await db.reader.selectFrom('purge').select('change_id').where('id', '=', row).executeTakeFirst();
  if (!position || position.change_id < 0) return { touched: undefined, last: await lastChange(db) };
  const changes = await readChanges(db, { id: position.change_id, at: 0 });
  return changes.last.id > position.change_id ? changes : undefined;
}

/**
 * Takes it upon one process to tell them, for a while: with it gone, another one does.
 *
 * @returns whether this process is the one
 */
export async function acquirePurgeLease(db: Database, now: number, until: number): Promise<boolean> {
  // Those who wait for another's claim to end do not keep others from writing.
  const held = await db.reader.selectFrom('purge').select('claimed_until').where('id', '=', row).executeTakeFirst();
  if (held && held.claimed_until > now) return false;
  return inTransaction(db, async (transaction) => {
    const claim = await transaction.selectFrom('purge').select('claimed_until').where('id', '=', row).executeTakeFirst();
    if (claim && claim.claimed_until > now) return false;
    if (claim) await transaction.updateTable('purge').set({ claimed_until: until }).where('id', '=', row).execute();
    // Below every change: until they have been told, they may hold anything.
    else await transaction.insertInto('purge').values({ id: row, change_id: -1, claimed_until: until }).execute();
    return true;
  });
}

/** Lets go of the claim at a time, since they could not be told: until then no other process tries either. */
export async function releasePurgeLease(db: Database, at: number): Promise<void> {
  await inTransaction(db, async (transaction) => {
    await transaction.updateTable('purge').set({ claimed_until: at }).where('id', '=', row).execute();
  });
}

/** Notes that they have been told of all changes up to a position, and lets go of the claim. */
export async function recordPurge(db: Database, { id }: ChangePosition): Promise<void> {
  await inTransaction(db, async (transaction) => {
    await transaction.updateTable('purge').set({ change_id: id, claimed_until: 0 }).where('id', '=', row).execute();
  });
}

/**
 * Notes that a version of the program has begun to answer. Another one than before makes other pages of the same
 * content, so everything counts as touched.
 */
export async function recordVersion(db: Database, version: string, now: number): Promise<void> {
  if ((await findVersion(db)) === version) return;
  await inTransaction(db, async (transaction) => {
    const known = await transaction.selectFrom('purge').select('version').where('id', '=', row).executeTakeFirst();
    if (known?.version === version) return;
    // Below every change: until they have been told, they may hold anything.
    if (!known) await transaction.insertInto('purge').values({ id: row, change_id: -1, claimed_until: 0, version }).execute();
    else await transaction.updateTable('purge').set({ version }).where('id', '=', row).execute();
    if (known) await recordChange(transaction, ['all'], now);
  });
}

/** Notes that a process has given its last answer. If it was of another version than now, caches may have kept that answer. */
export async function recordLastResponse(db: Database, version: string, now: number): Promise<void> {
  if ((await findVersion(db)) === version) return;
  await inTransaction(db, (transaction) => recordChange(transaction, ['all'], now));
}

async function findVersion(db: Database): Promise<string | undefined> {
  return (await db.reader.selectFrom('purge').select('version').where('id', '=', row).executeTakeFirst())?.version;
}
