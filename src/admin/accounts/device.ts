import type { Context } from '../../context.ts';
import { issueDeviceCookie } from '../../storage/newsroom/devices.ts';
import type { Account } from '../../storage/newsroom/editors.ts';

/** Issues the cookie for a browser that has just signed in. Undefined if that fails, which does not prevent signing in. */
export async function deviceCookie({ db, log }: Pick<Context, 'db' | 'log'>, account: Account, cookie: string): Promise<string | undefined> {
  try {
    return await issueDeviceCookie(db, account, cookie);
  } catch (error) {
    log.warn({ err: error }, 'the device cookie could not be issued, so failed attempts by others can delay this browser until its next sign-in');
    return undefined;
  }
}
