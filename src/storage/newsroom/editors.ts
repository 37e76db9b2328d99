import { emailKey } from '../../content/accounts/email.ts';
import type { Role } from '../../content/accounts/permissions.ts';
import { nameKey } from '../../content/articles/article.ts';
import { sortKey } from '../../content/named/sort-key.ts';
import type { Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';

export interface Editor {
  id: number;
  email: string;
  name: string;
  role: Role;
}

export interface Account extends Editor {
  passwordHash: string | null;
  isDisabled: boolean;
}

/** `invited`: has not chosen a password yet, or the password was reset. */
export type AccountState = 'active' | 'invited' | 'disabled';

export function stateOf({ isDisabled, passwordHash }: Pick<Account, 'isDisabled' | 'passwordHash'>): AccountState {
  if (isDisabled) return 'disabled';
  return passwordHash === null ? 'invited' : 'active';
}

/** @param key an email address or an id */
export async function findAccount(db: Handle, key: string | number): Promise<Account | undefined> {
  const accounts = db.selectFrom('editor').select(['id', 'email', 'name', 'role', 'password_hash', 'disabled_at']);
  const row = await (typeof key === 'number' ? accounts.where('id', '=', key) : accounts.where('email_key', '=', emailKey(key))).executeTakeFirst();
  return row && { id: row.id, email: row.email, name: row.name, role: row.role, passwordHash: row.password_hash, isDisabled: row.disabled_at !== null };
}

export async function listAccounts(db: Database): Promise<Account[]> {
  const rows = await db.reader.selectFrom('editor').select(['id', 'email', 'name', 'role', 'password_hash', 'disabled_at']).orderBy('email_key').execute();
  return rows.map(({ password_hash: passwordHash, disabled_at: disabledAt, ...editor }) => ({ ...editor, passwordHash, isDisabled: disabledAt !== null }));
}

export interface ListedEditor extends Editor {
  state: AccountState;
  /** Null if no session is stored. */
  seenAt: number | null;
  /** When the last link for choosing a password expires; null if there is none. */
  linkExpiresAt: number | null;
}

/** By name. */
export async function listEditors(db: Handle): Promise<ListedEditor[]> {
  const editors = (await selectListed(db).orderBy('id').execute()).map(toListed);
  const keyed = editors.map((editor) => ({ editor, key: sortKey(nameKey(editor.name)) }));
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key))).map(({ editor }) => editor);
}

export async function findListedEditor(db: Handle, id: number): Promise<ListedEditor | undefined> {
  const row = await selectListed(db).where('id', '=', id).executeTakeFirst();
  return row && toListed(row);
}

function selectListed(db: Handle) {
  return db
    .selectFrom('editor')
    .select(['id', 'email', 'name', 'role', 'password_hash', 'disabled_at'])
    .select((eb) => [
      eb.selectFrom('session').whereRef('session.editor_id', '=', 'editor.id').select((inner) => inner.fn.max('seen_at').as('at')).as('seenAt'),
      eb.selectFrom('set_up_link').whereRef('set_up_link.editor_id', '=', 'editor.id').select((inner) => inner.fn.max('expires_at').as('at')).as('linkExpiresAt'),
    ]);
}

type ListedRow = Omit<ListedEditor, 'state'> & { password_hash: string | null; disabled_at: number | null };

function toListed({ password_hash: passwordHash, disabled_at: disabledAt, ...editor }: ListedRow): ListedEditor {
  return { ...editor, state: stateOf({ passwordHash, isDisabled: disabledAt !== null }) };
}

export async function hasAccount(db: Handle): Promise<boolean> {
  return (await db.selectFrom('editor').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** Whether an active administrator with a password exists, not counting the editor `except`. */
export async function hasAdministrator(db: Handle, { except }: { except?: number } = {}): Promise<boolean> {
  const row = await db
    .selectFrom('editor')
    .select('id')
    .where('role', '=', 'administrator')
    .where('disabled_at', 'is', null)
    .where('password_hash', 'is not', null)
    .where('id', '<>', except ?? -1)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Returns the id, or undefined if the email address is in use. The address must have been checked with `parseEmail`. */
export async function addAccount(transaction: Handle, { email, name, role, passwordHash }: Omit<Account, 'id' | 'isDisabled'>, now: number): Promise<number | undefined> {
  const row = await transaction
    .insertInto('editor')
    .values({ email, email_key: emailKey(email), name, role, password_hash: passwordHash, created_at: now })
    .onConflict((conflict) => conflict.column('email_key').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}
