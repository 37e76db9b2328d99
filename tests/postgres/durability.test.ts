import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { shortOrLong } from '../support/long.ts';
import { startPostgres } from '../support/postgres.ts';
import { template } from '../support/postgres/server.ts';
import { startServer } from '../support/program.ts';
import { createSession, textOf, saveRepeatedly, type Acknowledged } from '../support/stream-of-saves.ts';
import { temporaryFolder } from '../support/test-site.ts';

const kills = shortOrLong(2, 6);
const connections = 4;

test(`killing PostgreSQL ${kills} times during a stream of saves and reads through two servers loses no acknowledged save, and every failure is a 503`, { timeout: 180_000 }, async () => {
  const postgres = await startPostgres({ durable: true });
  const folder = await temporaryFolder();
  const environment = { DATABASE_URL: `${postgres.url}/${template}`, DATABASE_TIMEOUT: '5', LOG_LEVEL: 'silent' };
  const servers = [await startServer(folder, ['--empty'], environment), await startServer(folder, ['--empty'], environment)];
  const session = await createSession(folder, { ...environment, SITE_URL: 'http://127.0.0.1' });
  const acknowledged: Acknowledged[] = [];
  const isOver = new AbortController();
  const reading = servers.map(({ url }) => readFrom(url, isOver.signal));
  let cutOff = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    for (const { url } of servers) await vi.waitFor(async () => expect((await fetch(`${url}/health`)).status).toBe(200), { timeout: 20_000 });
    const before = acknowledged.length;
    const writing = servers.flatMap(({ url }) => Array.from({ length: connections / 2 }, () => saveRepeatedly(url, session, acknowledged)));
    while (acknowledged.length < before + connections) await sleep(5);
    await sleep(Math.random() * 150);
    await postgres.stop('immediate');
    cutOff += (await Promise.all(writing)).filter(Boolean).length;
    await postgres.start();
  }
  isOver.abort();
  expect(cutOff).toBe(kills * connections);
  for (const answers of await Promise.all(reading)) expect([...answers].toSorted()).toEqual(['200', '200 stale', '503']);

  const client = new Client({ connectionString: environment.DATABASE_URL });
  await client.connect();
  onTestFinished(() => client.end());
  const texts = new Set((await client.query("select form::json ->> 'body' as text from revision")).rows.map(({ text }: { text: string }) => text));
  expect(acknowledged.filter((one) => !texts.has(textOf(one)))).toEqual([]);
  const { rows: articles } = await client.query<{ uid: string; body: string }>('select uid, body from article where public_at is not null');
  const shown = new Map(articles.map(({ uid, body }) => [uid, Number(/^Text (\d+) of/.exec(body)?.[1])]));
  expect(acknowledged.filter(({ uid, number, isPublished }) => isPublished && !((shown.get(uid) ?? 0) >= number))).toEqual([]);
});

/** Alternately requests a cached page and one that is never cached. Returns the set of answers. */
async function readFrom(url: string, until: AbortSignal): Promise<Set<string>> {
  const answers = new Set<string>();
  for (let count = 0; !until.aborted; count += 1) {
    const { status, headers, body } = await fetch(url + (count % 2 === 0 ? '/' : `/search?q=storm+${count}`));
    await body?.cancel();
    answers.add(`${status}${headers.has('cache-status') ? ' stale' : ''}`);
    await sleep(5);
  }
  return answers;
}
