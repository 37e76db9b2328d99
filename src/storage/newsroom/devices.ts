import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Database } from '../database/database.ts';
import { ensureKey } from '../site/secrets.ts';
import type { Account } from './editors.ts';

// A signed cookie identifies a browser that has signed in to an account before, so that failed sign-ins from elsewhere do
// not slow it down (OWASP, “Slow Down Online Guessing Attacks with Device Cookies”). The signature covers the password
// hash, so changing the password invalidates all device cookies of the account.

const maxAccounts = 5;

/** The device id that a cookie contains for an account, if its signature is valid. `cookie` is untrusted input. */
export async function findDevice(db: Database, account: Account, cookie: string): Promise<string | undefined> {
  const entry = entriesOf(cookie).find(({ editorId }) => editorId === account.id);
  if (!entry) return undefined;
  const expected = Buffer.from(await sign(db, account, entry.device));
  const given = Buffer.from(entry.signature);
  return expected.length === given.length && timingSafeEqual(expected, given) ? entry.device : undefined;
}

export async function issueDeviceCookie(db: Database, account: Account, cookie: string): Promise<string> {
  const device = (await findDevice(db, account, cookie)) ?? randomBytes(16).toString('hex');
  const others = entriesOf(cookie).filter(({ editorId }) => editorId !== account.id).slice(0, maxAccounts - 1);
  const entry = { editorId: account.id, device, signature: await sign(db, account, device) };
  return [entry, ...others].map(({ editorId, device: id, signature }) => `${editorId}.${id}.${signature}`).join('~');
}

function entriesOf(cookie: string): { editorId: number; device: string; signature: string }[] {
  return cookie.split('~', maxAccounts).flatMap((text) => {
    const [, editorId, device, signature] = /^(\d{1,10})\.([0-9a-f]{32})\.([\w-]{43})$/.exec(text) ?? [];
    return editorId && device && signature ? [{ editorId: Number(editorId), device, signature }] : [];
  });
}

async function sign(db: Database, { id, passwordHash }: Account, device: string): Promise<string> {
  return createHmac('sha256', await ensureKey(db, 'device key')).update(`${id}.${device}.${passwordHash}`).digest('base64url');
}
