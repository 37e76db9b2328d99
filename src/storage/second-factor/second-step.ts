import { recoveryCodeLength } from '../../content/accounts/typed-code.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { recordAction } from '../newsroom/audit-log.ts';
import { findAccount, type Account } from '../newsroom/editors.ts';
import { startSession } from '../newsroom/sessions.ts';
import { recordSuccess, type Attempt } from '../newsroom/sign-in-failures.ts';
import { findChallenge, takeChallenge } from './challenges.ts';
import { takeRecoveryCode } from './recovery-codes.ts';
import { takeTotp } from './totp.ts';

/** The account whose right password was typed a moment ago. Undefined if that is too long ago, or if the account has changed since. */
export async function findSecondStep(db: Handle, token: string, now: number): Promise<Account | undefined> {
  const challenge = await findChallenge(db, 'second step', token, now);
  const account = challenge?.editorId ? await findAccount(db, challenge.editorId) : undefined;
  return account?.isDisabled === false ? account : undefined;
}

/** Starts the session if the code of the authenticator app or the recovery code is right. `attempt` has been counted as failed. */
export async function takeSecondStep(db: Database, { token, code, attempt, userAgent }: { token: string; code: string; attempt: Attempt; userAgent: string }, now: number): Promise<{ session: string } | { refused: 'expired' | 'wrong code' }> {
  return inTransaction(db, async (transaction) => {
    const account = await findSecondStep(transaction, token, now);
    if (!account) return { refused: 'expired' };
    if (!(await takeCode(transaction, account, code, now))) {
      await recordAction(transaction, { editorId: null, action: 'second-step-failed', detail: `${account.email}, ${attempt.address}` }, now);
      return { refused: 'wrong code' };
    }
    await takeChallenge(transaction, 'second step', token, now);
    await recordSuccess(transaction, attempt);
    await recordAction(transaction, { editorId: account.id, action: 'sign-in' }, now);
    return { session: await startSession(transaction, account.id, userAgent, now) };
  });
}

async function takeCode(transaction: Handle, { id }: Account, code: string, now: number): Promise<boolean> {
  if (code.length !== recoveryCodeLength) return takeTotp(transaction, id, code, now);
  const left = await takeRecoveryCode(transaction, id, code);
  if (left === undefined) return false;
  await recordAction(transaction, { editorId: id, action: 'recovery-code-used', detail: String(left) }, now);
  return true;
}
