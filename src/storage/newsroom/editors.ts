import { emailKey } from '../../content/accounts/email.ts';
import type { Role } from '../../content/accounts/permissions.ts';
import type { Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';

/** Who signs in to the admin. */
export interface Editor {
  id: number;
  email: string;
  name: string;
  role: Role;
}

/** An editor with what lets them in. */
export interface Account extends Editor {
  /** None until they have chosen a password. */
  passwordHash: string | null;
  isDisabled: boolean;
}

/** The account of an e-mail address, however it is written. */
export async function findAccount(db: Handle, email: string): Promise<Account | undefined> {
  const row = await db.selectFrom('editor').select(['id', 'email', 'name', 'role', 'password_hash', 'disabled_at']).where('email_key', '=', emailKey(email)).executeTakeFirst();
  return row && { id: row.id, email: row.email, name: row.name, role: row.role, passwordHash: row.password_hash, isDisabled: row.disabled_at !== null };
}

/** Every account, by e-mail address. */
export async function listAccounts(db: Database): Promise<Account[]> {
  const rows = await db.reader.selectFrom('editor').select(['id', 'email', 'name', 'role', 'password_hash', 'disabled_at']).orderBy('email_key').execute();
  return rows.map(({ password_hash: passwordHash, disabled_at: disabledAt, ...editor }) => ({ ...editor, passwordHash, isDisabled: disabledAt !== null }));
}

/** Whether there is any account, whoever's it is: a site without is new. */
export async function hasAccount(db: Handle): Promise<boolean> {
  return (await db.selectFrom('editor').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** Whether there is somebody who may do all: without, a set-up link is printed. */
export async function hasAdministrator(db: Handle, { besides }: { besides?: number } = {}): Promise<boolean> {
  const row = await db
    .selectFrom('editor')
    .select('id')
    .where('role', '=', 'administrator')
    .where('disabled_at', 'is', null)
    .where('password_hash', 'is not', null)
    .where('id', '<>', besides ?? -1)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Stores a new account; the e-mail address has been checked with `parseEmail`.
 *
 * @returns its id, or undefined where another has the address
 */
export async function addAccount(transaction: Handle, { email, name, role, passwordHash }: Omit<Account, 'id' | 'isDisabled'>, now: number): Promise<number | undefined> {
  const row = await transaction
    .insertInto('editor')
    .values({ email, email_key: emailKey(email), name, role, password_hash: passwordHash, created_at: now })
    .onConflict((conflict) => conflict.column('email_key').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}
