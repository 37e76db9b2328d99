import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { shortOrLong } from '../support/long.ts';
import { prepare, rows, startServer } from '../support/program.ts';
import { createSession, textOf, saveRepeatedly, type Acknowledged } from '../support/stream-of-saves.ts';
import { temporaryFolder } from '../support/test-site.ts';

const kills = shortOrLong(2, 50);
/** Each connection sends its next text as soon as the last one was acknowledged. */
const connections = 4;

test(`killing the server ${kills} times during a stream of saves loses no acknowledged save`, async () => {
  const folder = await temporaryFolder();
  await prepare(folder, ['settings', 'set', 'name', 'Durable']);
  const session = await createSession(folder);
  const acknowledged: Acknowledged[] = [];
  let cutOff = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const server = await startServer(folder, ['--empty']);
    const before = acknowledged.length;
    const writing = Array.from({ length: connections }, () => saveRepeatedly(server.url, session, acknowledged));
    while (acknowledged.length < before + connections) await sleep(5);
    await sleep(Math.random() * 150);
    await server.stop('SIGKILL');
    cutOff += (await Promise.all(writing)).filter(Boolean).length;
  }
  expect(cutOff).toBeGreaterThan(kills);

  const revisions = new Set(rows(folder, "select json_extract(form, '$.body') as text from revision").map((row) => (row as { text: string }).text));
  expect(acknowledged.filter((one) => !revisions.has(textOf(one)))).toEqual([]);

  // Readers see the last published text, or one that was in flight at the kill.
  const shown = new Map(rows(folder, 'select uid, body from article where public_at is not null').map((row) => row as { uid: string; body: string }).map(({ uid, body }) => [uid, Number(/^Text (\d+) of/.exec(body)?.[1])]));
  expect(acknowledged.filter(({ uid, number, isPublished }) => isPublished && !((shown.get(uid) ?? 0) >= number))).toEqual([]);
  expect(rows(folder, 'select count(*) as found from search where search match \'"text"\' and rowid < (cast(strftime(\'%s\') as integer) + 1) << 30')).toEqual([{ found: shown.size }]);
  expect(rows(folder, 'pragma integrity_check')).toEqual([{ integrity_check: 'ok' }]);
}, 180_000);
