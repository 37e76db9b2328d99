import { randomBytes } from 'node:crypto';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';

export type SecretName = 'device key' | 'passkey key' | 'first link';

export async function findSecret(db: Handle, name: SecretName): Promise<string | undefined> {
  return (await db.selectFrom('secret').select('value').where('name', '=', name).executeTakeFirst())?.value;
}

/** Returns the key, 256 random bits in hexadecimal, and creates it if there is none. */
export async function ensureKey(db: Database, name: SecretName): Promise<string> {
  const known = await findSecret(db.reader, name);
  if (known !== undefined) return known;
  return inTransaction(db, async (transaction) => {
    await transaction.insertInto('secret').values({ name, value: randomBytes(32).toString('hex') }).onConflict((conflict) => conflict.column('name').doNothing()).execute();
    return (await findSecret(transaction, name)) ?? '';
  });
}
