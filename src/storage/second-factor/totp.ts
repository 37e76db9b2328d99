import { matchTotp } from '../../content/accounts/totp.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { ensureRecoveryCodes } from './recovery-codes.ts';
import { completeChange, type SecondFactorChange } from './second-factor.ts';

/** `step` is that of the first code. Returns new recovery codes if the account has none, or undefined if an authenticator app was already set up. */
export async function setUpTotp(db: Database, change: SecondFactorChange, { secret, step }: { secret: string; step: number }, now: number): Promise<string[] | undefined> {
  return inTransaction(db, async (transaction) => {
    const added = await transaction
      .insertInto('totp')
      .values({ editor_id: change.editorId, secret, last_step: step, created_at: now })
      .onConflict((conflict) => conflict.column('editor_id').doNothing())
      .returning('editor_id')
      .executeTakeFirst();
    if (!added) return undefined;
    const codes = await ensureRecoveryCodes(transaction, change.editorId);
    await completeChange(transaction, change, { action: 'totp-set-up' }, now);
    return codes;
  });
}

export async function removeTotp(db: Database, change: SecondFactorChange, now: number): Promise<void> {
  await inTransaction(db, async (transaction) => {
    await transaction.deleteFrom('totp').where('editor_id', '=', change.editorId).execute();
    await completeChange(transaction, change, { action: 'totp-removal' }, now);
  });
}

/** Returns whether a code is right and newer than the last one that was used (RFC 6238, 5.2). */
export async function takeTotp(transaction: Handle, editorId: number, code: string, now: number): Promise<boolean> {
  const totp = await transaction.selectFrom('totp').select('secret').where('editor_id', '=', editorId).executeTakeFirst();
  const step = totp && matchTotp(totp.secret, code, now);
  if (step === undefined) return false;
  const taken = await transaction.updateTable('totp').set({ last_step: step }).where('editor_id', '=', editorId).where('last_step', '<', step).returning('editor_id').executeTakeFirst();
  return taken !== undefined;
}
