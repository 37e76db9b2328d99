import { hash } from '@node-rs/argon2';
import request, { type Test } from 'supertest';
import type { Role } from '../../src/content/accounts/permissions.ts';
import { findAccount, type Editor } from '../../src/storage/newsroom/editors.ts';
import { inviteEditor } from '../../src/storage/newsroom/manage-editors.ts';
import { setUpAccount } from '../../src/storage/newsroom/set-up-account.ts';
import type { TestSite } from './test-site.ts';

/** The password of every editor that {@link makeEditor} makes. */
export const password = 'correct horse battery staple';

let passwordHash: Promise<string> | undefined;
let count = 0;

/** Adds an editor who has set up their account. */
export async function makeEditor({ context }: TestSite, { role, email, name }: { role: Role; email?: string; name?: string }): Promise<Editor> {
  count += 1;
  const invited = await inviteEditor(context.db, { email: email ?? `${role}-${count}@news.example`, name: name ?? `The ${role} ${count}`, role }, context.clock());
  if ('refused' in invited) throw new Error(invited.refused);
  // The least cost that argon2 allows: at the site's own, each sign-in would take as long as a whole test.
  passwordHash ??= hash(password, { memoryCost: 8, timeCost: 1, parallelism: 1 });
  const setUp = await setUpAccount(context.db, invited.token, { name: '', email: '', passwordHash: await passwordHash }, '', context.clock());
  if ('refused' in setUp) throw new Error(setUp.refused);
  const account = await findAccount(context.db.reader, email ?? `${role}-${count}@news.example`);
  if (!account) throw new Error('The new editor was not found');
  await context.db.writer.deleteFrom('session').where('editor_id', '=', account.id).execute();
  return { id: account.id, email: account.email, name: account.name, role: account.role };
}

/** Sends requests with a cookie, and forms as from the site's own pages. Pages come uncompressed, which takes less time. */
export interface Browser {
  /** `name=value`, or empty. */
  cookie: string;
  get(path: string): Test;
  post(path: string, fields?: Record<string, string>): Test;
}

export function browser({ app }: TestSite, cookie = ''): Browser {
  return {
    cookie,
    get: (path) => request(app).get(path).set({ 'Cookie': cookie, 'Accept-Encoding': 'identity' }),
    post: (path, fields = {}) => request(app).post(path).set({ 'Cookie': cookie, 'Accept-Encoding': 'identity', 'Sec-Fetch-Site': 'same-origin' }).type('form').send(fields),
  };
}

/** Signs in through the form. Returns a browser with the session cookie. */
export async function signIn(site: TestSite, email: string, userAgent = 'Tests'): Promise<Browser> {
  const answer = await browser(site).post('/admin/sign-in', { email, password }).set('User-Agent', userAgent);
  if (answer.status !== 303) throw new Error(`Signing in answered ${answer.status}`);
  return browser(site, cookieOf(answer));
}

/** The first cookie that a response sets, as `name=value`, or an empty string. */
export function cookieOf({ headers }: { headers: Record<string, unknown> }): string {
  const cookies = headers['set-cookie'];
  return Array.isArray(cookies) ? String(cookies[0]).split(';', 1).join('') : '';
}
