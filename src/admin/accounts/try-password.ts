import type { Context } from '../../context.ts';
import { findDevice } from '../../storage/newsroom/devices.ts';
import { findAccount, type Account } from '../../storage/newsroom/editors.ts';
import { countAttempt, type Attempt } from '../../storage/newsroom/sign-in-failures.ts';
import { recordFailedSignIn } from '../../storage/newsroom/sign-in.ts';
import { verifyPassword } from './password.ts';

/** Who tries a password, and the device cookie of their browser, as it came. */
export interface Attempted {
  email: string;
  address: string;
  cookie: string;
}

/** How it went: the account whose password it is, or what to tell whoever tried. Whole seconds to wait, if any. */
export type Tried = { account: Account; attempt: Attempt } | { problem: string; wait: number };

/**
 * Compares a password, unless too many were wrong lately. Neither the answer nor its time tells whether there is such
 * an account. The attempt counts as failed until `signIn` or `changePassword` takes that back.
 */
export async function tryPassword({ db, hashQueue }: Context, { email, address, cookie }: Attempted, password: string, now: number): Promise<Tried> {
  const account = await findAccount(db.reader, email);
  const attempt = { email, address, device: account && (await findDevice(db, account, cookie)) };
  const wait = await countAttempt(db, attempt, now);
  if (wait > 0) return { problem: `There were too many attempts. Try again in ${inWords(wait)}.`, wait: Math.ceil(wait / 1000) };
  const isRight = await verifyPassword(hashQueue, account && !account.isDisabled ? account.passwordHash : null, password);
  if (account && isRight) return { account, attempt };
  await recordFailedSignIn(db, address, now);
  return { problem: 'That e-mail and password do not go together.', wait: 0 };
}

function inWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  const [count, unit] = seconds < 60 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
