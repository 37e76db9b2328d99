import { TOTP } from 'otpauth';
import { browser, cookieOf, password, type Browser } from './admin.ts';
import { element } from './html.ts';
import type { TestSite } from './test-site.ts';

/** An editor whose authenticator app has been set up, with its secret and their recovery codes. */
export interface WithTotp {
  editor: Browser;
  secret: string;
  recoveryCodes: string[];
}

/** The code that an authenticator app shows at a time. */
export function totpCode(secret: string, time: number): string {
  return new TOTP({ secret }).generate({ timestamp: time });
}

/** Sets up an authenticator app through the form, and lets its first code expire. */
export async function setUpTotp(site: TestSite, editor: Browser): Promise<WithTotp> {
  const secret = element((await editor.get('/admin/account/totp')).text, 'input', { name: 'secret' }).attribs['value'] ?? '';
  const answer = await editor.post('/admin/account/totp', { secret, code: totpCode(secret, site.time.now), password });
  if (answer.status !== 200) throw new Error(`Setting up answered ${answer.status}`);
  site.time.now += 60_000;
  return { editor, secret, recoveryCodes: codesIn(answer.text) };
}

/** The recovery codes that a page shows. */
export function codesIn(html: string): string[] {
  return html.match(/(?:\d{4} ){5}\d{4}/g) ?? [];
}

/** Types the right password. Returns a browser with the cookie for the second step, and the page that asks for it. */
export async function beginSignIn(site: TestSite, email: string, fields: Record<string, string> = {}): Promise<Browser & { page: string }> {
  const answer = await browser(site).post('/admin/sign-in', { email, password, ...fields });
  if (answer.status !== 200) throw new Error(`The first step answered ${answer.status}`);
  return { ...browser(site, cookieOf(answer)), page: answer.text };
}
