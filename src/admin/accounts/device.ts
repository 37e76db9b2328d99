import type { Context } from '../../context.ts';
import { issueDeviceCookie } from '../../storage/newsroom/devices.ts';
import type { Account } from '../../storage/newsroom/editors.ts';

/** The cookie for a browser that has just signed in. Undefined where it can't be made: signing in has succeeded all the same. */
export async function deviceCookie({ db, log }: Pick<Context, 'db' | 'log'>, account: Account, cookie: string): Promise<string | undefined> {
  try {
    return await issueDeviceCookie(db, account, cookie);
  } catch (error) {
    log.warn({ err: error }, 'a browser that signed in could not be given its device cookie');
    return undefined;
  }
}
