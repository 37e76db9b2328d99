import { createHash } from 'node:crypto';
import { emailKey } from '../content/email.ts';
import { networkOf } from '../content/network.ts';
import { freeFailures, waitAfter } from '../content/slow-down.ts';
import { inTransaction, type Database, type Handle } from './database.ts';

/** How long after the last failure the count is forgotten. */
const remembered = 3_600_000;

/** Somebody who tries to sign in: as whom, and from where. */
export interface Attempt {
  email: string;
  address: string;
}

/**
 * Asks whether a password may be tried, and if so counts the try as failed already: of many that come at once, only
 * as many are tried as may fail.
 *
 * @returns how long to wait, in milliseconds, before it is worth asking again; 0: now
 */
export async function countAttempt(db: Database, attempt: Attempt, now: number): Promise<number> {
  return inTransaction(db, async (transaction) => {
    await transaction.deleteFrom('sign_in_failure').where('last_at', '<=', now - remembered).execute();
    const subjects = subjectsOf(attempt);
    const wait = await longestWait(transaction, subjects, now);
    if (wait > 0) return wait;
    for (const { subject } of subjects) await countFailure(transaction, subject, now);
    return 0;
  });
}

/** Takes an attempt back that succeeded: the account's count is forgotten, the address's is what it was. */
export async function forgetAttempt(transaction: Handle, attempt: Attempt): Promise<void> {
  const [account, address] = subjectsOf(attempt);
  await transaction.deleteFrom('sign_in_failure').where('subject', '=', account.subject).execute();
  await transaction.updateTable('sign_in_failure').set((eb) => ({ count: eb('count', '-', 1) })).where('subject', '=', address.subject).execute();
  await transaction.deleteFrom('sign_in_failure').where('subject', '=', address.subject).where('count', '<=', 0).execute();
}

interface Subject {
  subject: string;
  free: number;
}

/** What is counted. The e-mail address is hashed: whatever somebody types into its field is not to be stored. */
function subjectsOf({ email, address }: Attempt): [account: Subject, address: Subject] {
  const key = createHash('sha256').update(emailKey(email)).digest('hex');
  return [
    { subject: `account:${key}`, free: freeFailures.account },
    { subject: `address:${networkOf(address)}`, free: freeFailures.address },
  ];
}

async function longestWait(transaction: Handle, subjects: Subject[], now: number): Promise<number> {
  const waits = [0];
  for (const { subject, free } of subjects) {
    const row = await transaction.selectFrom('sign_in_failure').select(['count', 'last_at']).where('subject', '=', subject).executeTakeFirst();
    if (row) waits.push(row.last_at + waitAfter(row.count, free) - now);
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
