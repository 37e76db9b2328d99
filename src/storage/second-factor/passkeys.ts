import { createHmac } from 'node:crypto';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { recordAction } from '../newsroom/audit-log.ts';
import { findAccount, type Account } from '../newsroom/editors.ts';
import { startSession } from '../newsroom/sessions.ts';
import { ensureKey } from '../site/secrets.ts';
import { ensureRecoveryCodes } from './recovery-codes.ts';
import { completeChange, type SecondFactorChange } from './second-factor.ts';

/** What the site has to know to check a passkey's signatures. See `PasskeyTable`. */
export interface Passkey {
  credentialId: string;
  editorId: number;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: number;
}

export interface ListedPasskey {
  credentialId: string;
  name: string;
  createdAt: number;
  usedAt: number | null;
}

export async function listPasskeys(db: Handle, editorId: number): Promise<ListedPasskey[]> {
  return db.selectFrom('passkey').select(['credential_id as credentialId', 'name', 'created_at as createdAt', 'used_at as usedAt']).where('editor_id', '=', editorId).orderBy('created_at').orderBy('credential_id').execute();
}

export async function findPasskey(db: Handle, credentialId: string): Promise<Passkey | undefined> {
  const row = await db.selectFrom('passkey').select(['editor_id', 'public_key', 'counter']).where('credential_id', '=', credentialId).executeTakeFirst();
  return row && { credentialId, editorId: row.editor_id, publicKey: new Uint8Array(row.public_key), counter: row.counter };
}

/** Returns new recovery codes if the account has none, or undefined if the passkey was already added. */
export async function addPasskey(db: Database, change: SecondFactorChange, passkey: Omit<Passkey, 'editorId'> & { name: string }, now: number): Promise<string[] | undefined> {
  const { credentialId, publicKey, counter, name } = passkey;
  return inTransaction(db, async (transaction) => {
    const added = await transaction
      .insertInto('passkey')
      .values({ credential_id: credentialId, editor_id: change.editorId, public_key: Buffer.from(publicKey), counter, name, created_at: now, used_at: null })
      .onConflict((conflict) => conflict.column('credential_id').doNothing())
      .returning('credential_id')
      .executeTakeFirst();
    if (!added) return undefined;
    const codes = await ensureRecoveryCodes(transaction, change.editorId);
    await completeChange(transaction, change, { action: 'passkey-added', detail: name }, now);
    return codes;
  });
}

export async function removePasskey(db: Database, change: SecondFactorChange, credentialId: string, now: number): Promise<void> {
  await inTransaction(db, async (transaction) => {
    const removed = await transaction.deleteFrom('passkey').where('credential_id', '=', credentialId).where('editor_id', '=', change.editorId).returning('name').executeTakeFirst();
    if (removed) await completeChange(transaction, change, { action: 'passkey-removal', detail: removed.name }, now);
  });
}

/**
 * Starts a session with a passkey whose signature has been checked. Returns undefined if the passkey has been used or
 * removed since, or if its account is disabled or has no password: after a reset, the password has to be chosen first.
 */
export async function signInWithPasskey(db: Database, { credentialId, counter }: Passkey, newCounter: number, userAgent: string, now: number): Promise<{ account: Account; session: string } | undefined> {
  return inTransaction(db, async (transaction) => {
    const used = await transaction.updateTable('passkey').set({ counter: newCounter, used_at: now }).where('credential_id', '=', credentialId).where('counter', '=', counter).returning(['editor_id', 'name']).executeTakeFirst();
    const account = used && (await findAccount(transaction, used.editor_id));
    if (!account || account.isDisabled || account.passwordHash === null) return undefined;
    await recordAction(transaction, { editorId: account.id, action: 'passkey-sign-in', detail: used.name }, now);
    return { account, session: await startSession(transaction, account.id, userAgent, now) };
  });
}

/**
 * The id of the account for authenticators, which keep one passkey for each site and account. It differs between sites,
 * because sites on several ports of one host are the same site for passkeys.
 */
export async function passkeyUserId(db: Database, editorId: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(createHmac('sha256', await ensureKey(db, 'passkey key')).update(String(editorId)).digest());
}
