import { emailKey } from '../../content/accounts/email.ts';
import type { Role } from '../../content/accounts/permissions.ts';
import { mergeDetails } from '../../content/merge-details.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { deleteSecondFactor, findSecondFactor, secondFactorVersion } from '../second-factor/second-factor.ts';
import { recordAction } from './audit-log.ts';
import { addAccount, findAccount, hasAdministrator, stateOf, type Account } from './editors.ts';
import { endSessions } from './sessions.ts';
import { deleteLinks, renewLink } from './set-up-links.ts';

// `account` is an email address or an id. `by` is the id of the administrator who acts; null: somebody at the command line.

export type Refusal = 'unknown' | 'email in use' | 'last administrator' | 'disabled';

export type Outcome<Done = { account: Account }> = Done | { refused: Refusal };

interface Conflict {
  refused: 'conflict';
}

export interface EditorDetails {
  name: string;
  email: string;
  role: Role;
}

/** Like `resetPassword`, returns the token of the link with which the editor chooses a password. */
export async function inviteEditor(db: Database, editor: EditorDetails, now: number, by: number | null = null): Promise<Outcome<{ id: number; token: string }>> {
  return inTransaction(db, async (transaction) => {
    const id = await addAccount(transaction, { ...editor, passwordHash: null }, now);
    if (id === undefined) return { refused: 'email in use' };
    await recordAction(transaction, { editorId: by, action: 'editor-added', detail: `${editor.email}, ${editor.role}` }, now);
    return { id, token: await renewLink(transaction, id, now) };
  });
}

/**
 * Stores the details that differ from those that the administrator saw. If somebody else has changed the same ones, the result is
 * `conflict`. A new email address invalidates the links that were sent to the old one.
 */
export async function changeEditor(db: Database, id: number, { details, seen }: { details: EditorDetails; seen: Record<keyof EditorDetails, string> }, now: number, by: number): Promise<Outcome | Conflict> {
  return inTransaction<Outcome | Conflict>(db, async (transaction) => {
    const found = await findAccount(transaction, id);
    if (!found) return { refused: 'unknown' };
    const { merged, conflicts } = mergeDetails<EditorDetails>(['name', 'email', 'role'], { seen, typed: details, saved: found });
    if (conflicts.length > 0) return { refused: 'conflict' };
    const { name, email, role } = merged;
    // Everything that can be refused comes before the first write.
    if (email !== found.email && (await isInUse(transaction, email, id))) return { refused: 'email in use' };
    if (role !== found.role) {
      const outcome = await setRole(transaction, found, role, now, by);
      if ('refused' in outcome) return outcome;
    }
    if (email !== found.email) await setEmail(transaction, found, email, now, by);
    if (name !== found.name) await setName(transaction, found, name, now, by);
    return { account: { ...found, name, email, role } };
  });
}

export async function changeRole(db: Database, account: string | number, role: Role, now: number, by: number | null = null): Promise<Outcome> {
  return changeAccount(db, account, (transaction, found) => setRole(transaction, found, role, now, by));
}

export async function disableEditor(db: Database, account: string | number, now: number, by: number | null = null): Promise<Outcome> {
  return changeAccount<Outcome>(db, account, async (transaction, found) => {
    if (await isLastAdministrator(transaction, found)) return { refused: 'last administrator' };
    await transaction.updateTable('editor').set({ disabled_at: now }).where('id', '=', found.id).execute();
    await endSessions(transaction, found.id);
    await deleteLinks(transaction, found.id);
    await recordAction(transaction, { editorId: by, action: 'editor-disabled', detail: found.email }, now);
    return { account: found };
  });
}

export async function enableEditor(db: Database, account: string | number, now: number, by: number | null = null): Promise<Outcome> {
  return changeAccount(db, account, async (transaction, found) => {
    await transaction.updateTable('editor').set({ disabled_at: null }).where('id', '=', found.id).execute();
    await recordAction(transaction, { editorId: by, action: 'editor-enabled', detail: found.email }, now);
    return { account: found };
  });
}

export async function signOutEditor(db: Database, account: string | number, now: number, by: number | null = null): Promise<Outcome> {
  return changeAccount(db, account, async (transaction, found) => {
    await endSessions(transaction, found.id);
    await recordAction(transaction, { editorId: by, action: 'editor-sign-out', detail: found.email }, now);
    return { account: found };
  });
}

/** For an editor who has no password, only replaces the link. */
export async function resetPassword(db: Database, account: string | number, now: number): Promise<Outcome<{ token: string }>> {
  return changeAccount(db, account, (transaction, found) => replacePassword(transaction, found, now, null));
}

/** Resets a password only if the account is still in the state that the administrator saw; otherwise the result is `conflict`. */
export async function resetPasswordAsSeen(db: Database, id: number, seen: string, now: number, by: number): Promise<Outcome<{ token: string }> | Conflict> {
  return changeAccount<Outcome<{ token: string }> | Conflict>(db, id, async (transaction, found) => (stateOf(found) === seen ? replacePassword(transaction, found, now, by) : { refused: 'conflict' }));
}

/** Removes the authenticator app, the recovery codes and the passkeys of somebody who has lost them. */
export async function removeSecondFactor(db: Database, account: string | number, now: number): Promise<Outcome> {
  return changeAccount(db, account, (transaction, found) => dropSecondFactor(transaction, found, now, null));
}

/** Removes a second factor only if it is still the one that the administrator saw; otherwise the result is `conflict`. `seen`: see `secondFactorVersion`. */
export async function removeSecondFactorAsSeen(db: Database, id: number, seen: string, now: number, by: number): Promise<Outcome | Conflict> {
  return changeAccount<Outcome | Conflict>(db, id, async (transaction, found) => {
    const version = secondFactorVersion(await findSecondFactor(transaction, id));
    return version === seen ? dropSecondFactor(transaction, found, now, by) : { refused: 'conflict' };
  });
}

async function changeAccount<Result>(db: Database, account: string | number, fn: (transaction: Handle, found: Account) => Promise<Result>): Promise<Result | { refused: 'unknown' }> {
  return inTransaction<Result | { refused: 'unknown' }>(db, async (transaction) => {
    const found = await findAccount(transaction, account);
    return found ? fn(transaction, found) : { refused: 'unknown' };
  });
}

async function replacePassword(transaction: Handle, found: Account, now: number, by: number | null): Promise<Outcome<{ token: string }>> {
  if (found.isDisabled) return { refused: 'disabled' };
  await transaction.updateTable('editor').set({ password_hash: null }).where('id', '=', found.id).execute();
  await endSessions(transaction, found.id);
  // An old link for the first account would become valid again if this was the only administrator.
  if (found.role === 'administrator') await deleteLinks(transaction, null);
  await recordAction(transaction, { editorId: by, action: found.passwordHash === null ? 'editor-link' : 'password-reset', detail: found.email }, now);
  return { token: await renewLink(transaction, found.id, now) };
}

async function dropSecondFactor(transaction: Handle, found: Account, now: number, by: number | null): Promise<Outcome> {
  await deleteSecondFactor(transaction, found.id);
  await endSessions(transaction, found.id);
  await recordAction(transaction, { editorId: by, action: 'second-factor-removal', detail: found.email }, now);
  return { account: found };
}

async function setRole(transaction: Handle, found: Account, role: Role, now: number, by: number | null): Promise<Outcome> {
  if (role !== 'administrator' && (await isLastAdministrator(transaction, found))) return { refused: 'last administrator' };
  await transaction.updateTable('editor').set({ role }).where('id', '=', found.id).execute();
  await recordAction(transaction, { editorId: by, action: 'editor-role', detail: `${found.email}, ${found.role} → ${role}` }, now);
  return { account: found };
}

async function setEmail(transaction: Handle, { id, email: before }: Account, email: string, now: number, by: number): Promise<void> {
  await transaction.updateTable('editor').set({ email, email_key: emailKey(email) }).where('id', '=', id).execute();
  await deleteLinks(transaction, id);
  await recordAction(transaction, { editorId: by, action: 'editor-email', detail: `${before} → ${email}` }, now);
}

async function setName(transaction: Handle, { id, name: before }: Account, name: string, now: number, by: number): Promise<void> {
  await transaction.updateTable('editor').set({ name }).where('id', '=', id).execute();
  await recordAction(transaction, { editorId: by, action: 'editor-name', detail: `${before} → ${name}` }, now);
}

async function isInUse(transaction: Handle, email: string, except: number): Promise<boolean> {
  const other = await findAccount(transaction, email);
  return other !== undefined && other.id !== except;
}

async function isLastAdministrator(transaction: Handle, account: Account): Promise<boolean> {
  const isActive = account.role === 'administrator' && !account.isDisabled && account.passwordHash !== null;
  return isActive && !(await hasAdministrator(transaction, { except: account.id }));
}
