import { inTransaction, type Database } from '../database/database.ts';
import { recordAction } from './audit-log.ts';
import { findAccount, type Editor } from './editors.ts';
import { endSessions } from './sessions.ts';
import { addMailedLink, deleteLinks, findSetUpLink } from './set-up-links.ts';

/** Returns the token of a link with which an editor who has forgotten their password chooses a new one. Undefined if there is no such account, or it is disabled. */
export async function addForgottenPasswordLink(db: Database, { email, ipAddress }: { email: string; ipAddress: string }, now: number): Promise<{ editor: Editor; token: string } | undefined> {
  return inTransaction(db, async (transaction) => {
    const account = await findAccount(transaction, email);
    if (!account || account.isDisabled) return undefined;
    await recordAction(transaction, { editorId: null, action: 'password-mail', detail: `${account.email}, ${ipAddress}` }, now);
    return { editor: account, token: await addMailedLink(transaction, account.id, now) };
  });
}

/** Uses up the link and ends all sessions. Does not sign in, so that an email alone gives no access. Returns false if the link no longer works. */
export async function replaceForgottenPassword(db: Database, token: string, passwordHash: string, now: number): Promise<boolean> {
  return inTransaction(db, async (transaction) => {
    const editor = (await findSetUpLink(transaction, token, now))?.editor;
    if (!editor?.hasPassword) return false;
    await transaction.updateTable('editor').set({ password_hash: passwordHash }).where('id', '=', editor.id).execute();
    await endSessions(transaction, editor.id);
    await deleteLinks(transaction, editor.id);
    await recordAction(transaction, { editorId: editor.id, action: 'password-by-mail' }, now);
    return true;
  });
}
