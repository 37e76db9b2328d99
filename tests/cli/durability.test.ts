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
  text: string;
  resource: string;
}

/** Sends texts until the server is gone. Returns those whose answer came. */
async function sendTexts(url: string, session: string): Promise<Acknowledged[]> {
  const acknowledged: Acknowledged[] = [];
  for (let turn = 0; ; turn += 1) {
    const uid = randomUUID();
    const text = `Text ${uid}`;
    const resource = ['autosave', 'draft', 'publication'][turn % 3] ?? 'draft';
    try {
      const body = new URLSearchParams({ uid, title: text, body: text, theme: 'World' });
      const response = await fetch(`${url}/admin/articles/${uid}/${resource}`, { method: 'POST', body, redirect: 'manual', headers: { 'Cookie': `session=${session}`, 'Sec-Fetch-Site': 'same-origin' } });
      if (response.status !== 303) throw new Error(`${resource} answered ${response.status}`);
      acknowledged.push({ uid, text, resource });
    } catch (error) {
      if (error instanceof TypeError) return acknowledged;
      throw error;
    }
  }
}

test(`of ${kills} times that the server is killed under a stream of saves, no acknowledged one is lost`, async () => {
  const folder = await temporaryFolder();
  await prepare(folder, ['settings', 'set', 'name', 'Durable']);
  const session = await signedIn(folder);
  const acknowledged: Acknowledged[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    const server = await startServer(folder, ['--empty']);
    const streams = Array.from({ length: connections }, () => sendTexts(server.url, session));
    await sleep(50 + Math.random() * 250);
    await server.stop('SIGKILL');
    acknowledged.push(...(await Promise.all(streams)).flat());
  }

  expect(acknowledged.length).toBeGreaterThan(kills * connections);
  const revisions = new Set(rows(folder, "select uid || ' ' || json_extract(form, '$.body') as text from revision join article on article.id = article_id").map((row) => (row as { text: string }).text));
  expect(acknowledged.filter(({ uid, text }) => !revisions.has(`${uid} ${text}`))).toEqual([]);
  const published = new Set(rows(folder, 'select uid from article where public_at is not null').map((row) => (row as { uid: string }).uid));
  expect(acknowledged.filter(({ uid, resource }) => resource === 'publication' && !published.has(uid))).toEqual([]);
  expect(rows(folder, 'pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
}, 180_000);
