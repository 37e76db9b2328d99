import type { Role } from '../../content/accounts/permissions.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { deleteSecondFactor } from '../second-factor/second-factor.ts';
import { recordAction, type AuditAction } from './audit-log.ts';
import { addAccount, findAccount, hasAdministrator, type Account } from './editors.ts';
import { endSessions } from './sessions.ts';
import { deleteLinks, renewLink } from './set-up-links.ts';

export type Refusal = 'unknown' | 'email in use' | 'last administrator' | 'disabled';

export type Outcome<Done = { account: Account }> = Done | { refused: Refusal };

/** Like `resetPassword`, returns the token of the link with which the editor chooses a password. */
export async function inviteEditor(db: Database, editor: { email: string; name: string; role: Role }, now: number): Promise<Outcome<{ token: string }>> {
  return inTransaction(db, async (transaction) => {
    const id = await addAccount(transaction, { ...editor, passwordHash: null }, now);
    if (id === undefined) return { refused: 'email in use' };
    await record(transaction, 'editor-added', `${editor.email}, ${editor.role}`, now);
    return { token: await renewLink(transaction, id, now) };
  });
}

export async function changeRole(db: Database, email: string, role: Role, now: number): Promise<Outcome> {
  return changeAccount(db, email, async (transaction, account) => {
    if (role !== 'administrator' && (await isLastAdministrator(transaction, account))) return { refused: 'last administrator' };
    await transaction.updateTable('editor').set({ role }).where('id', '=', account.id).execute();
    await record(transaction, 'editor-role', `${account.email}, ${role}`, now);
    return { account };
  });
}

export async function disableEditor(db: Database, email: string, now: number): Promise<Outcome> {
  return changeAccount(db, email, async (transaction, account) => {
    if (await isLastAdministrator(transaction, account)) return { refused: 'last administrator' };
    await transaction.updateTable('editor').set({ disabled_at: now }).where('id', '=', account.id).execute();
    await endSessions(transaction, account.id);
    await deleteLinks(transaction, account.id);
    await record(transaction, 'editor-disabled', account.email, now);
    return { account };
  });
}

export async function enableEditor(db: Database, email: string, now: number): Promise<Outcome> {
  return changeAccount(db, email, async (transaction, account) => {
    await transaction.updateTable('editor').set({ disabled_at: null }).where('id', '=', account.id).execute();
    await record(transaction, 'editor-enabled', account.email, now);
    return { account };
  });
}

export async function resetPassword(db: Database, email: string, now: number): Promise<Outcome<{ token: string }>> {
  return changeAccount(db, email, async (transaction, account) => {
    if (account.isDisabled) return { refused: 'disabled' };
    await transaction.updateTable('editor').set({ password_hash: null }).where('id', '=', account.id).execute();
    await endSessions(transaction, account.id);
    // An old link for the first account would become valid again if this was the only administrator.
    if (account.role === 'administrator') await deleteLinks(transaction, null);
    await record(transaction, 'password-reset', account.email, now);
    return { token: await renewLink(transaction, account.id, now) };
  });
}

/** Removes the authenticator app, the recovery codes and the passkeys of somebody who has lost them. */
export async function removeSecondFactor(db: Database, email: string, now: number): Promise<Outcome> {
  return changeAccount(db, email, async (transaction, account) => {
    await deleteSecondFactor(transaction, account.id);
    await endSessions(transaction, account.id);
    await record(transaction, 'second-factor-removal', account.email, now);
    return { account };
  });
}

async function changeAccount<Done>(db: Database, email: string, fn: (transaction: Handle, account: Account) => Promise<Outcome<Done>>): Promise<Outcome<Done>> {
  return inTransaction(db, async (transaction) => {
    const account = await findAccount(transaction, email);
    return account ? fn(transaction, account) : { refused: 'unknown' };
  });
}

async function isLastAdministrator(transaction: Handle, account: Account): Promise<boolean> {
  const isActive = account.role === 'administrator' && !account.isDisabled && account.passwordHash !== null;
  return isActive && !(await hasAdministrator(transaction, { except: account.id }));
}

async function record(transaction: Handle, action: AuditAction, detail: string, now: number): Promise<void> {
  await recordAction(transaction, { editorId: null, action, detail }, now);
}
