import { randomUUID } from 'node:crypto';
import { hashPassword } from '../../src/admin/accounts/password.ts';
import { inviteEditor } from '../../src/storage/newsroom/manage-editors.ts';
import { setUpAccount } from '../../src/storage/newsroom/set-up-account.ts';
import { openSite } from './test-site.ts';

/** Adds an editor and signs them in. Returns the session token. */
export async function createSession(folder: string, environment: Record<string, string> = {}): Promise<string> {
  const { context } = await openSite(folder, environment);
  try {
    const invited = await inviteEditor(context.db, { email: 'ada@news.example', name: 'Ada Example', role: 'editor' }, Date.now());
    if ('refused' in invited) throw new Error(invited.refused);
    const setUp = await setUpAccount(context.db, invited.token, { name: '', email: '', passwordHash: await hashPassword(context.hashQueue, 'correct horse battery staple') }, '', Date.now());
    if (!('session' in setUp)) throw new Error('The account could not be set up');
    return setUp.session;
  } finally {
    await context.close();
  }
}

/** A text whose save the server has acknowledged. */
export interface Acknowledged {
  uid: string;
  /** The texts of an article are numbered from 1. */
  number: number;
  isPublished: boolean;
}

export const textOf = ({ uid, number }: Pick<Acknowledged, 'uid' | 'number'>) => `Text ${number} of ${uid}`;

/**
 * Autosaves, saves and publishes an article repeatedly until the server or its database is gone.
 *
 * @returns whether a request was in flight at that time
 */
export async function saveRepeatedly(url: string, session: string, acknowledged: Acknowledged[]): Promise<boolean> {
  const uid = randomUUID();
  let base = '';
  const post = async (resource: string, number: number): Promise<Response> => {
    const body = new URLSearchParams({ uid, base, title: `Article ${uid}`, standfirst: 'Saved repeatedly', body: textOf({ uid, number }), theme: 'World' });
    const headers = { 'Cookie': `session=${session}`, 'Sec-Fetch-Site': 'same-origin', ...(resource === 'autosave' ? { Accept: 'application/json' } : {}) };
    return fetch(`${url}/admin/articles/${uid}/${resource}`, { method: 'POST', body, redirect: 'manual', headers });
  };
  try {
    for (let number = 1; ; number += 1) {
      const typed = await post('autosave', number);
      if (typed.status === 503) return true;
      const { revision } = (await typed.json()) as { revision: number };
      acknowledged.push({ uid, number, isPublished: false });
      const resource = number % 3 === 2 ? 'publication' : 'draft';
      const saved = await post(resource, number);
      if (saved.status === 503) return true;
      if (saved.status !== 303) throw new Error(`${resource} answered ${saved.status}`);
      acknowledged.push({ uid, number, isPublished: resource === 'publication' });
      base = String(revision);
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const { code } = (error.cause ?? {}) as { code?: string };
    return code !== 'ECONNREFUSED';
  }
}
