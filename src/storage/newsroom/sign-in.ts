import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { recordAction } from './audit-log.ts';
import { findAccount, type Account, type Editor } from './editors.ts';
import { endSessions, startSession } from './sessions.ts';
import { recordSuccess, type Attempt } from './sign-in-failures.ts';

/**
 * Begins the session of somebody whose password was right.
 *
 * @param account as it was when the password was compared
 * @returns the session's token, or undefined where it has been disabled, or has got another password, since
 */
export async function signIn(db: Database, account: Account, attempt: Attempt, userAgent: string, now: number): Promise<string | undefined> {
  return inTransaction(db, async (transaction) => {
    if (!(await isUnchanged(transaction, account))) return undefined;
    await recordSuccess(transaction, attempt);
    await recordAction(transaction, { editorId: account.id, action: 'sign-in' }, now);
    return startSession(transaction, account.id, userAgent, now);
  });
}

/** Notes that a password was wrong, and from where it came: never what was typed. */
export async function recordFailedSignIn(db: Database, address: string, now: number): Promise<void> {
  await inTransaction(db, (transaction) => recordAction(transaction, { editorId: null, action: 'sign-in-failed', detail: address }, now));
}

/** Ends one session of an editor, if it is theirs. */
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

/**
 * Gives an account whose password was right another one, and ends its other sessions.
 *
 * @returns whether it was done: not where the account has changed since the password was compared
 */
export async function changePassword(db: Database, account: Account, passwordHash: string, { sessionId, attempt }: { sessionId: number; attempt: Attempt }, now: number): Promise<boolean> {
  return inTransaction(db, async (transaction) => {
    if (!(await isUnchanged(transaction, account))) return false;
    await recordSuccess(transaction, attempt);
    await transaction.updateTable('editor').set({ password_hash: passwordHash }).where('id', '=', account.id).execute();
    await endSessions(transaction, account.id, { except: sessionId });
    await recordAction(transaction, { editorId: account.id, action: 'password' }, now);
    return true;
  });
}

async function isUnchanged(transaction: Handle, account: Account): Promise<boolean> {
  const current = await findAccount(transaction, account.email);
  return current?.id === account.id && !current.isDisabled && current.passwordHash === account.passwordHash;
}
