import { createHash } from 'node:crypto';
import { emailKey } from '../../content/accounts/email.ts';
import { networkOf } from '../../content/accounts/network.ts';
import { linkLimits, signInDelay, signInLimits, type SignInLimit } from '../../content/accounts/sign-in-limits.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';

/** In milliseconds since the last failure. */
const failureLifetime = 3_600_000;

export interface Attempt {
  email: string;
  address: string;
  /** Set if the browser has signed in to the account before; see `devices.ts`. */
  device?: string | undefined;
  /** Set if the attempt is at the second step, after the right password. */
  step?: 'code';
}

/**
 * Returns how many milliseconds the attempt has to wait; 0 allows it. Counts an allowed attempt as failed before the
 * password is checked, so that simultaneous attempts can't exceed the limit.
 */
export async function countAttempt(db: Database, attempt: Attempt, now: number): Promise<number> {
  return count(db, subjectsOf(attempt), now);
}

/** Like `countAttempt`, for asking for an email with a link for a new password, whether or not there is such an account. */
export async function countLinkRequest(db: Database, { email, address }: Attempt, now: number): Promise<number> {
  return count(db, [{ subject: `link-account:${hashOf(email)}`, limit: linkLimits.account }, { subject: `link-address:${networkOf(address)}`, limit: linkLimits.address }], now);
}

async function count(db: Database, subjects: Limited[], now: number): Promise<number> {
  return inTransaction(db, async (transaction) => {
    await transaction.deleteFrom('sign_in_failure').where('last_at', '<=', now - failureLifetime).execute();
    const wait = await maxWait(transaction, subjects, now);
    if (wait > 0) return wait;
    for (const { subject } of subjects) await countFailure(transaction, subject, now);
    return 0;
  });
}

/** Clears the failures of the account at this address or in this browser, and subtracts the attempt from the other counts. */
export async function recordSuccess(transaction: Handle, attempt: Attempt): Promise<void> {
  for (const { subject, isClearedBySuccess } of subjectsOf(attempt)) {
    if (isClearedBySuccess) await transaction.deleteFrom('sign_in_failure').where('subject', '=', subject).execute();
    else await subtractOne(transaction, subject);
  }
}

/** Forgets one counted attempt: the password was right, but the sign-in succeeds only with its second step. */
export async function takeBackAttempt(transaction: Handle, attempt: Attempt): Promise<void> {
  for (const { subject } of subjectsOf(attempt)) await subtractOne(transaction, subject);
}

interface Limited {
  subject: string;
  limit: SignInLimit;
}

interface Subject extends Limited {
  /** Whether a successful sign-in clears the count, because the person who knows the password caused the failures. */
  isClearedBySuccess: boolean;
}

function subjectsOf({ email, address, device, step }: Attempt): Subject[] {
  const [account, network] = [hashOf(email), networkOf(address)];
  const code: Subject[] = step === 'code' ? [{ subject: `code:${account}`, limit: signInLimits.code, isClearedBySuccess: true }] : [];
  if (device !== undefined) return [{ subject: `device:${device}`, limit: signInLimits.device, isClearedBySuccess: true }, ...code];
  return [
    ...code,
    { subject: `pair:${account}:${network}`, limit: signInLimits.pair, isClearedBySuccess: true },
    { subject: `account:${account}`, limit: signInLimits.account, isClearedBySuccess: false },
    { subject: `address:${network}`, limit: signInLimits.address, isClearedBySuccess: false },
  ];
}

async function subtractOne(transaction: Handle, subject: string): Promise<void> {
  await transaction.updateTable('sign_in_failure').set((eb) => ({ count: eb('count', '-', 1) })).where('subject', '=', subject).execute();
  await transaction.deleteFrom('sign_in_failure').where('subject', '=', subject).where('count', '<=', 0).execute();
}

/** People sometimes type a password into the field for the email address. */
function hashOf(email: string): string {
  return createHash('sha256').update(emailKey(email)).digest('hex');
}

async function maxWait(transaction: Handle, subjects: Limited[], now: number): Promise<number> {
  const waits = [0];
  for (const { subject, limit } of subjects) {
    const row = await transaction.selectFrom('sign_in_failure').select(['count', 'last_at']).where('subject', '=', subject).executeTakeFirst();
    if (row) waits.push(row.last_at + signInDelay(row.count, limit) - now);
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
