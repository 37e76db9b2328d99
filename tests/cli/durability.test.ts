import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { hashPassword } from '../../src/admin/password.ts';
import { inviteEditor } from '../../src/storage/manage-editors.ts';
import { setUpAccount } from '../../src/storage/set-up-account.ts';
import { prepare, rows, startServer } from '../support/program.ts';
import { openSite, temporaryFolder } from '../support/test-site.ts';

const kills = 50;
/** How many send at once, each its next text as soon as the last was acknowledged. */
const connections = 4;

/** Makes an editor who is signed in. Returns the session's token. */
async function signedIn(folder: string): Promise<string> {
  const { context } = await openSite(folder);
  try {
    const invited = await inviteEditor(context.db, { email: 'ada@news.example', name: 'Ada Example', role: 'editor' }, Date.now());
    if ('refused' in invited) throw new Error(invited.refused);
    const setUp = await setUpAccount(context.db, invited.token, { name: '', email: '', passwordHash: await hashPassword('correct horse battery staple') }, '', Date.now());
    if ('refused' in setUp) throw new Error(setUp.refused);
    return setUp.session;
  } finally {
    await context.close();
  }
}

interface Acknowledged {
  uid: string;
  /** Of one article each text is numbered. */
  number: number;
  isPublished: boolean;
}

const textOf = ({ uid, number }: Pick<Acknowledged, 'uid' | 'number'>) => `Text ${number} of ${uid}`;

/**
 * Types, saves and publishes an article again and again until the server is gone.
 *
 * @returns whether the end came while the server had a request to answer
 */
async function writeOn(url: string, session: string, acknowledged: Acknowledged[]): Promise<boolean> {
  const uid = randomUUID();
  let base = '';
  const post = async (resource: string, number: number): Promise<Response> => {
    const body = new URLSearchParams({ uid, base, title: `Article ${uid}`, body: textOf({ uid, number }), theme: 'World' });
    const headers = { 'Cookie': `session=${session}`, 'Sec-Fetch-Site': 'same-origin', ...(resource === 'autosave' ? { Accept: 'application/json' } : {}) };
    return fetch(`${url}/admin/articles/${uid}/${resource}`, { method: 'POST', body, redirect: 'manual', headers });
  };
  try {
    for (let number = 1; ; number += 1) {
      const typed = await post('autosave', number);
      const { revision } = (await typed.json()) as { revision: number };
      acknowledged.push({ uid, number, isPublished: false });
      const resource = number % 3 === 2 ? 'publication' : 'draft';
      const saved = await post(resource, number);
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

test(`of ${kills} times that the server is killed under a stream of saves, no acknowledged one is lost`, async () => {
  const folder = await temporaryFolder();
  await prepare(folder, ['settings', 'set', 'name', 'Durable']);
  const session = await signedIn(folder);
  const acknowledged: Acknowledged[] = [];
  let cutOff = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const server = await startServer(folder, ['--empty']);
    const before = acknowledged.length;
    const writing = Array.from({ length: connections }, () => writeOn(server.url, session, acknowledged));
    while (acknowledged.length < before + connections) await sleep(5);
    await sleep(Math.random() * 150);
    await server.stop('SIGKILL');
    cutOff += (await Promise.all(writing)).filter(Boolean).length;
  }
  expect(cutOff).toBeGreaterThan(kills);

  const revisions = new Set(rows(folder, "select json_extract(form, '$.body') as text from revision").map((row) => (row as { text: string }).text));
  expect(acknowledged.filter((one) => !revisions.has(textOf(one)))).toEqual([]);

  // Readers see the text that was published last, or one that was on its way.
  const shown = new Map(rows(folder, 'select uid, body from article where public_at is not null').map((row) => row as { uid: string; body: string }).map(({ uid, body }) => [uid, Number(/^Text (\d+) of/.exec(body)?.[1])]));
  expect(acknowledged.filter(({ uid, number, isPublished }) => isPublished && !((shown.get(uid) ?? 0) >= number))).toEqual([]);
  expect(rows(folder, 'select count(*) as found from search where search match \'"text"\' and rowid < (cast(strftime(\'%s\') as integer) + 1) << 30')).toEqual([{ found: shown.size }]);
  expect(rows(folder, 'pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
}, 180_000);
