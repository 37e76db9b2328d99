import { linkDays, requestedLinkHours } from '../../content/accounts/link-lifetimes.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { findSecret } from '../site/secrets.ts';
import { findAccount, hasAdministrator, type Editor } from './editors.ts';
import { hashToken, makeToken } from './tokens.ts';

const hour = 3_600_000;

/** In milliseconds. */
const linkLifetimes = { fromAdministrator: linkDays * 24 * hour, requested: requestedLinkHours * hour };

/** A valid link: to choose the password of `editor` or, with null, to create the site's first account. */
export interface SetUpLink {
  /** `hasPassword`: the editor asked for the link because they have forgotten the password. */
  editor: (Editor & { hasPassword: boolean }) | null;
}

/**
 * Returns the token of the link to the first account; undefined if there is an administrator. Every process prints the
 * same token until it is used, so the token is stored unhashed. That is safe, because anyone who can read the database
 * of a site without an administrator needs no link.
 */
export async function ensureFirstLink(db: Database): Promise<string | undefined> {
  // Most starts write nothing, so check before waiting for the write lock.
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

/** Replaces the editor's earlier links. */
export async function renewLink(transaction: Handle, editorId: number, now: number): Promise<string> {
  await deleteLinks(transaction, editorId);
  return insertLink(transaction, editorId, now + linkLifetimes.fromAdministrator);
}

/** Keeps the editor's earlier links, because anybody can ask for this one. */
export async function addMailedLink(transaction: Handle, editorId: number, now: number): Promise<string> {
  await transaction.deleteFrom('set_up_link').where('editor_id', '=', editorId).where('expires_at', '<=', now).execute();
  return insertLink(transaction, editorId, now + linkLifetimes.requested);
}

/** Undefined if the link is used or expired, its editor is disabled, or the first account already exists. */
export async function findSetUpLink(db: Handle, token: string, now: number): Promise<SetUpLink | undefined> {
  const link = await db.selectFrom('set_up_link').select(['editor_id', 'expires_at']).where('token_hash', '=', hashToken(token)).executeTakeFirst();
  if (!link || (link.expires_at !== null && link.expires_at <= now)) return undefined;
  if (link.editor_id === null) return (await hasAdministrator(db)) ? undefined : { editor: null };
  const account = await findAccount(db, link.editor_id);
  if (!account || account.isDisabled) return undefined;
  const { id, email, name, role, passwordHash } = account;
  return { editor: { id, email, name, role, hasPassword: passwordHash !== null } };
}

/** With null, deletes the links to the site's first account. */
export async function deleteLinks(transaction: Handle, editorId: number | null): Promise<void> {
  await transaction.deleteFrom('set_up_link').where('editor_id', editorId === null ? 'is' : '=', editorId).execute();
  if (editorId === null) await transaction.deleteFrom('secret').where('name', '=', 'first link').execute();
}

async function insertLink(transaction: Handle, editorId: number | null, expiresAt: number | null): Promise<string> {
  const { token, hash } = makeToken();
  await transaction.insertInto('set_up_link').values({ token_hash: hash, editor_id: editorId, expires_at: expiresAt }).execute();
  return token;
}
