import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import { findDevice } from '../../storage/newsroom/devices.ts';
import { findAccount, type Account } from '../../storage/newsroom/editors.ts';
import { countAttempt, type Attempt } from '../../storage/newsroom/sign-in-failures.ts';
import { recordFailedSignIn } from '../../storage/newsroom/sign-in.ts';
import { verifyPassword } from './password.ts';

export interface PasswordAttempt {
  email: string;
  ipAddress: string;
  /** The device cookie that the browser sent. */
  deviceCookie: string;
}

export type PasswordCheck = { account: Account; attempt: Attempt } | { problem: Message; retryAfterSeconds: number };

/**
 * Checks a password, unless there were too many failed attempts. Neither the result nor the response time reveals
 * whether the account exists. The attempt counts as failed until `signIn` or `changePassword` succeeds.
 */
export async function checkPassword({ db, hashQueue }: Context, { email, ipAddress, deviceCookie }: PasswordAttempt, password: string, now: number): Promise<PasswordCheck> {
  const account = await findAccount(db.reader, email);
  const attempt = { email, address: ipAddress, device: account && (await findDevice(db, account, deviceCookie)) };
  const waitMs = await countAttempt(db, attempt, now);
  if (waitMs > 0) return tooManyAttempts(waitMs);
  const isRight = await verifyPassword(hashQueue, account && !account.isDisabled ? account.passwordHash : null, password);
  if (account && isRight) return { account, attempt };
  await recordFailedSignIn(db, account, ipAddress, now);
  return { problem: { key: 'accounts.wrongPassword' }, retryAfterSeconds: 0 };
}

export function tooManyAttempts(waitMs: number): { problem: Message; retryAfterSeconds: number } {
  const seconds = Math.ceil(waitMs / 1000);
  return { problem: waitMessage(seconds), retryAfterSeconds: seconds };
}

export function waitMessage(seconds: number): Message {
  return seconds < 60 ? { key: 'accounts.waitSeconds', values: { seconds } } : { key: 'accounts.waitMinutes', values: { minutes: Math.ceil(seconds / 60) } };
}
