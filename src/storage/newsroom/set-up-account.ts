import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { issueSecondStep } from '../second-factor/challenges.ts';
import { hasSecondFactor } from '../second-factor/second-factor.ts';
import { recordAction } from './audit-log.ts';
import { addAccount } from './editors.ts';
import { startSession } from './sessions.ts';
import { deleteLinks, findSetUpLink } from './set-up-links.ts';

/** Name and email address are used only for the site's first account. */
export interface SetUp {
  name: string;
  email: string;
  passwordHash: string;
}

/**
 * Uses up a set-up link and returns the token of a new session or, if the account has a second factor, of the second step
 * of signing in. If two people use a link at the same time, only one succeeds.
 */
export async function setUpAccount(db: Database, token: string, setUp: SetUp, userAgent: string, now: number): Promise<{ session: string } | { secondStep: string } | { refused: 'gone' | 'email in use' }> {
  return inTransaction(db, async (transaction) => {
    const link = await findSetUpLink(transaction, token, now);
    // For an editor who has a password, the link is for `replaceForgottenPassword`, which starts no session.
    if (!link || link.editor?.hasPassword) return { refused: 'gone' };
    const editorId = link.editor ? await choosePassword(transaction, link.editor.id, setUp) : await addFirst(transaction, setUp, now);
    if (editorId === undefined) return { refused: 'email in use' };
    await deleteLinks(transaction, link.editor?.id ?? null);
    await recordAction(transaction, { editorId, action: 'set-up' }, now);
    if (await hasSecondFactor(transaction, editorId)) return { secondStep: await issueSecondStep(transaction, editorId, now) };
    return { session: await startSession(transaction, editorId, userAgent, now) };
  });
}

async function choosePassword(transaction: Handle, editorId: number, { passwordHash }: SetUp): Promise<number> {
  await transaction.updateTable('editor').set({ password_hash: passwordHash }).where('id', '=', editorId).execute();
  return editorId;
}

async function addFirst(transaction: Handle, setUp: SetUp, now: number): Promise<number | undefined> {
  return addAccount(transaction, { ...setUp, role: 'administrator' }, now);
}
