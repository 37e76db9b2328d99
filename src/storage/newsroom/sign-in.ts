import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { issueSecondStep } from '../second-factor/challenges.ts';
import { hasSecondFactor } from '../second-factor/second-factor.ts';
import { recordAction } from './audit-log.ts';
import { findAccount, type Account, type Editor } from './editors.ts';
import { endSessions, startSession } from './sessions.ts';
import { deleteLinks } from './set-up-links.ts';
import { recordSuccess, takeBackAttempt, type Attempt } from './sign-in-failures.ts';

/**
 * Returns the session token, or the token of the second step if the account has a second factor. Undefined if the account
 * has been disabled or its password changed since the password check.
 */
export async function signIn(db: Database, account: Account, attempt: Attempt, userAgent: string, now: number): Promise<{ session: string } | { secondStep: string } | undefined> {
  return inTransaction(db, async (transaction) => {
    if (!(await isUnchanged(transaction, account))) return undefined;
    if (await hasSecondFactor(transaction, account.id)) {
      await takeBackAttempt(transaction, attempt);
      return { secondStep: await issueSecondStep(transaction, account.id, now) };
    }
    await recordSuccess(transaction, attempt);
    await recordAction(transaction, { editorId: account.id, action: 'sign-in' }, now);
    return { session: await startSession(transaction, account.id, userAgent, now) };
  });
}

/** Records the IP address and, if there is one, the account; never what was typed, which might be a password. */
export async function recordFailedSignIn(db: Database, account: Account | undefined, address: string, now: number): Promise<void> {
  const detail = account ? `${account.email}, ${address}` : address;
  await inTransaction(db, (transaction) => recordAction(transaction, { editorId: null, action: 'sign-in-failed', detail }, now));
}

export async function signOut(db: Database, editor: Editor, sessionId: number, now: number): Promise<void> {
  await inTransaction(db, async (transaction) => {
    await endSessions(transaction, editor.id, { id: sessionId });
    await recordAction(transaction, { editorId: editor.id, action: 'sign-out' }, now);
  });
}

export async function signOutEverywhere(db: Database, editor: Editor, now: number): Promise<void> {
  await inTransaction(db, async (transaction) => {
    await endSessions(transaction, editor.id);
    await recordAction(transaction, { editorId: editor.id, action: 'sign-out-everywhere' }, now);
  });
}

/** Ends the other sessions and emailed links too. Returns false if the account has changed since the old password was checked. */
export async function changePassword(db: Database, account: Account, passwordHash: string, { sessionId, attempt }: { sessionId: number; attempt: Attempt }, now: number): Promise<boolean> {
  return inTransaction(db, async (transaction) => {
    if (!(await isUnchanged(transaction, account))) return false;
    await recordSuccess(transaction, attempt);
    await transaction.updateTable('editor').set({ password_hash: passwordHash }).where('id', '=', account.id).execute();
    await endSessions(transaction, account.id, { except: sessionId });
    await deleteLinks(transaction, account.id);
    await recordAction(transaction, { editorId: account.id, action: 'password' }, now);
    return true;
  });
}

async function isUnchanged(transaction: Handle, account: Account): Promise<boolean> {
  const current = await findAccount(transaction, account.email);
  return current?.id === account.id && !current.isDisabled && current.passwordHash === account.passwordHash;
}
