import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { findSecret } from '../site/secrets.ts';
import { hasAdministrator, type Editor } from './editors.ts';
import { hashToken, makeToken } from './tokens.ts';

/** How long an editor's link is good for. */
export const setUpLinkLifetime = 7 * 24 * 3_600_000;

/** What a link that is still good lets its holder do: choose an editor's password, or, with null, make the first account. */
export interface SetUpLink {
  editor: Editor | null;
}

/**
 * The link to a site's first account, the same until it is used: whoever starts the site, at the same moment too, has one
 * that works. Its token is stored as it is: whoever can read the database of a site that nobody administers needs no link.
 *
 * @returns its token, or undefined where there is an administrator
 */
export async function ensureFirstLink(db: Database): Promise<string | undefined> {
  // Most starts have nothing to write, and then need not wait for those who do.
  if (await hasAdministrator(db.reader)) return undefined;
  return inTransaction(db, async (transaction) => {
    if (await hasAdministrator(transaction)) return undefined;
    const known = await findSecret(transaction, 'first link');
    if (known !== undefined && (await findSetUpLink(transaction, known, 0))) return known;
    await deleteLinks(transaction, null);
    const token = await insertLink(transaction, null, null);
    await transaction.insertInto('secret').values({ name: 'first link', value: token }).execute();
    return token;
  });
}

/** Makes an editor's link in place of their former one. Returns its token. */
export async function renewLink(transaction: Handle, editorId: number, now: number): Promise<string> {
  await deleteLinks(transaction, editorId);
  return insertLink(transaction, editorId, now + setUpLinkLifetime);
}

/** What a token leads to: nothing once it was used or has expired, its editor is disabled, or there is an administrator already. */
export async function findSetUpLink(db: Handle, token: string, now: number): Promise<SetUpLink | undefined> {
  const link = await db.selectFrom('set_up_link').select(['editor_id', 'expires_at']).where('token_hash', '=', hashToken(token)).executeTakeFirst();
  if (!link || (link.expires_at !== null && link.expires_at <= now)) return undefined;
  if (link.editor_id === null) return (await hasAdministrator(db)) ? undefined : { editor: null };
  const editor = await db.selectFrom('editor').select(['id', 'email', 'name', 'role']).where('id', '=', link.editor_id).where('disabled_at', 'is', null).executeTakeFirst();
  return editor && { editor };
}

/** Ends the links of an editor, or, with null, those to a first account. */
export async function deleteLinks(transaction: Handle, editorId: number | null): Promise<void> {
  await transaction.deleteFrom('set_up_link').where('editor_id', editorId === null ? 'is' : '=', editorId).execute();
  if (editorId === null) await transaction.deleteFrom('secret').where('name', '=', 'first link').execute();
}

async function insertLink(transaction: Handle, editorId: number | null, expiresAt: number | null): Promise<string> {
  const { token, hash } = makeToken();
  await transaction.insertInto('set_up_link').values({ token_hash: hash, editor_id: editorId, expires_at: expiresAt }).execute();
  return token;
}
