import { createHash } from 'node:crypto';
import { emailKey } from '../../content/accounts/email.ts';
import { networkOf } from '../../content/accounts/network.ts';
import { limits, waitAfter, type Limit } from '../../content/accounts/slow-down.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';

/** How long after the last failure the count is forgotten. */
const failureLifetime = 3_600_000;

/** Somebody who tries to sign in: as whom, from where, and in which browser if it has signed in to that account before. */
export interface Attempt {
  email: string;
  address: string;
  device?: string | undefined;
}

/**
 * Asks whether a password may be tried, and if so counts the try as failed already: of many that come at once, only
 * as many are tried as may fail.
 *
 * @returns how long to wait, in milliseconds, before it is worth asking again; 0: now
 */
export async function countAttempt(db: Database, attempt: Attempt, now: number): Promise<number> {
  return inTransaction(db, async (transaction) => {
    await transaction.deleteFrom('sign_in_failure').where('last_at', '<=', now - failureLifetime).execute();
    const subjects = subjectsOf(attempt);
    const wait = await longestWait(transaction, subjects, now);
    if (wait > 0) return wait;
    for (const { subject } of subjects) await countFailure(transaction, subject, now);
    return 0;
  });
}

/** Takes an attempt back that succeeded: what is counted by the account and its address or browser is forgotten, the rest is what it was. */
export async function recordSuccess(transaction: Handle, attempt: Attempt): Promise<void> {
  for (const { subject, isClearedBySuccess } of subjectsOf(attempt)) {
    if (!isClearedBySuccess) await transaction.updateTable('sign_in_failure').set((eb) => ({ count: eb('count', '-', 1) })).where('subject', '=', subject).execute();
    await transaction.deleteFrom('sign_in_failure').where('subject', '=', subject).where('count', '<=', isClearedBySuccess ? Number.MAX_SAFE_INTEGER : 0).execute();
  }
}

interface Subject {
  subject: string;
  limit: Limit;
  /** Whether success forgets its failures: who knows the password made them. */
  isClearedBySuccess: boolean;
}

/** What is counted. The e-mail address is hashed: whatever somebody types into its field is not to be stored. */
function subjectsOf({ email, address, device }: Attempt): Subject[] {
  if (device !== undefined) return [{ subject: `device:${device}`, limit: limits.device, isClearedBySuccess: true }];
  const [account, network] = [createHash('sha256').update(emailKey(email)).digest('hex'), networkOf(address)];
  return [
    { subject: `pair:${account}:${network}`, limit: limits.pair, isClearedBySuccess: true },
    { subject: `account:${account}`, limit: limits.account, isClearedBySuccess: false },
    { subject: `address:${network}`, limit: limits.address, isClearedBySuccess: false },
  ];
}

async function longestWait(transaction: Handle, subjects: Subject[], now: number): Promise<number> {
  const waits = [0];
  for (const { subject, limit } of subjects) {
    const row = await transaction.selectFrom('sign_in_failure').select(['count', 'last_at']).where('subject', '=', subject).executeTakeFirst();
    if (row) waits.push(row.last_at + waitAfter(row.count, limit) - now);
  }
  return Math.max(...waits);
}

async function countFailure(transaction: Handle, subject: string, now: number): Promise<void> {
  await transaction
    .insertInto('sign_in_failure')
    .values({ subject, count: 1, last_at: now })
    .onConflict((conflict) => conflict.column('subject').doUpdateSet((eb) => ({ count: eb('sign_in_failure.count', '+', 1), last_at: now })))
    .execute();
}
