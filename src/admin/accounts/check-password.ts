import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import { findDevice } from '../../storage/newsroom/devices.ts';
import { findAccount, type Account } from '../../storage/newsroom/editors.ts';
import { countAttempt, type Attempt } from '../../storage/newsroom/sign-in-failures.ts';
import { recordFailedSignIn } from '../../storage/newsroom/sign-in.ts';
import { verifyPassword } from './password.ts';

/** Who tries a password: `cookie` is their browser's device cookie as it was sent. */
export interface Attempted {
  email: string;
  address: string;
  cookie: string;
}

/** The account whose password it is, or why the attempt was refused. `wait`: seconds until the next attempt is allowed. */
export type Tried = { account: Account; attempt: Attempt } | { problem: Message; wait: number };

/**
 * Checks a password, unless there were too many failed attempts. Neither the answer nor the time it takes reveals
 * whether the account exists. The attempt counts as failed until `signIn` or `changePassword` succeeds.
 */
export async function tryPassword({ db, hashQueue }: Context, { email, address, cookie }: Attempted, password: string, now: number): Promise<Tried> {
  const account = await findAccount(db.reader, email);
  const attempt = { email, address, device: account && (await findDevice(db, account, cookie)) };
  const wait = await countAttempt(db, attempt, now);
  if (wait > 0) return waitFor(Math.ceil(wait / 1000));
  const isRight = await verifyPassword(hashQueue, account && !account.isDisabled ? account.passwordHash : null, password);
  if (account && isRight) return { account, attempt };
  await recordFailedSignIn(db, address, now);
  return { problem: { key: 'accounts.wrongPassword' }, wait: 0 };
}

function waitFor(seconds: number): Tried {
  const problem: Message = seconds < 60 ? { key: 'accounts.waitSeconds', values: { seconds } } : { key: 'accounts.waitMinutes', values: { minutes: Math.ceil(seconds / 60) } };
  return { problem, wait: seconds };
}
