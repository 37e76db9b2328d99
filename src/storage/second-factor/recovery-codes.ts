import { createHash, randomInt } from 'node:crypto';
import { recoveryCodeLength } from '../../content/accounts/typed-code.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { completeChange, type SecondFactorChange } from './second-factor.ts';

export const codesPerAccount = 10;
/** `randomInt` gives at most 48 random bits, which is more than 12 digits. */
const digitsPerDraw = 12;

/** Returns new codes in place of all earlier ones. This is the only time that they can be shown. */
export async function replaceRecoveryCodes(db: Database, change: SecondFactorChange, now: number): Promise<string[]> {
  return inTransaction(db, async (transaction) => {
    await transaction.deleteFrom('recovery_code').where('editor_id', '=', change.editorId).execute();
    const codes = await ensureRecoveryCodes(transaction, change.editorId);
    await completeChange(transaction, change, { action: 'recovery-codes' }, now);
    return codes;
  });
}

/** Returns new codes if the account has none left, otherwise an empty list. */
export async function ensureRecoveryCodes(transaction: Handle, editorId: number): Promise<string[]> {
  const known = await transaction.selectFrom('recovery_code').select('code_hash').where('editor_id', '=', editorId).limit(1).executeTakeFirst();
  if (known) return [];
  const codes = Array.from({ length: codesPerAccount }, makeCode);
  await transaction.insertInto('recovery_code').values(codes.map((code) => ({ editor_id: editorId, code_hash: hashCode(editorId, code) }))).execute();
  return codes;
}

/** Uses up a recovery code. Returns how many are left, or undefined if the code is wrong or was used before. */
export async function takeRecoveryCode(transaction: Handle, editorId: number, code: string): Promise<number | undefined> {
  const taken = await transaction.deleteFrom('recovery_code').where('editor_id', '=', editorId).where('code_hash', '=', hashCode(editorId, code)).returning('code_hash').executeTakeFirst();
  if (!taken) return undefined;
  const { left } = await transaction.selectFrom('recovery_code').select((eb) => eb.fn.countAll<number>().as('left')).where('editor_id', '=', editorId).executeTakeFirstOrThrow();
  return left;
}

function makeCode(): string {
  return Array.from({ length: recoveryCodeLength / digitsPerDraw }, () => String(randomInt(10 ** digitsPerDraw)).padStart(digitsPerDraw, '0')).join('');
}

/** A fast hash is enough, because nobody can try 80 random bits. Passwords need a slow one, because people choose them. */
function hashCode(editorId: number, code: string): string {
  return createHash('sha256').update(`${editorId}.${code}`).digest('hex');
}
