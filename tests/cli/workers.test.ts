import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { mkdir, readFile, readdir, rename, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { shortOrLong } from '../support/long.ts';
import { freePort } from '../support/ports.ts';
import { waitForExit, prepare, runInOwnProcess, start, file, usedPort } from '../support/program.ts';
import { temporaryFolder } from '../support/test-site.ts';

/** The child processes of a process. */
async function childrenOf(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(threads.map(async (thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '')));
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
}

const lives = async (pid: number) => readdir(`/proc/${pid}`).then(() => true, () => false);

async function startWorkers(environment: Record<string, string> = {}) {
  const folder = await temporaryFolder();
  const child = start(folder, ['serve', '--empty'], { WORKERS: '2', LOG_LEVEL: 'info', ...environment });
  const end = waitForExit(child);
  let output = '';
  let logged = '';
  child.stdout?.on('data', (chunk) => (output += chunk));
  child.stderr?.on('data', (chunk) => (logged += chunk));
  const [, url = ''] = await vi.waitFor(() => /^Broadsheet is running at (\S+)\n/.exec(output) ?? Promise.reject(new Error(`It printed ${output}${logged}`)), { timeout: 20_000 });
  const pid = child.pid ?? 0;
  await vi.waitFor(() => expect(logged.match(/worker started/g)).toHaveLength(2), { timeout: 20_000 });
  return { folder, child, end, url, pid, output: () => output, logged: () => logged };
}

async function visit(url: string, agent: Agent): Promise<{ status: number | undefined; connection: string | undefined; body: string }> {
  const sent = get(url, { agent });
  const [response]: IncomingMessage[] = await once(sent, 'response');
  if (!response) throw new Error('There is no answer');
  return { status: response.statusCode, connection: response.headers.connection, body: await text(response) };
}

test('several workers answer on one port, print the address once, see each write at the next request, and all end on SIGTERM', async () => {
  const { folder, child, end, url, pid, output } = await startWorkers();
  const workers = await childrenOf(pid);
  const agents = Array.from({ length: 6 }, () => new Agent({ keepAlive: true, maxSockets: 1 }));
  const see = async (word: string) => Promise.all(agents.map(async (agent) => (await visit(url, agent)).body.includes(word)));
  for (let round = 1; round <= 3; round += 1) {
    const word = `Brought in ${round}`;
    expect(new Set(await see(word))).toEqual(new Set([false]));
    await prepare(folder, ['import', await file(folder, `${round}.ndjson`, JSON.stringify({ title: word, body: 'Text.', theme: 'World', publishedAt: '2025-03-24' }))]);
    expect(new Set(await see(word))).toEqual(new Set([true]));
  }
  for (const agent of agents) agent.destroy();

  child.kill('SIGTERM');
  expect((await end).code).toBe(0);
  expect(output().match(/Broadsheet is running at/g)).toHaveLength(1);
  expect(output().match(/To create the first account/g)).toHaveLength(1);
  expect(output()).toMatch(new RegExp(`\\(process ${pid}\\)\n`));
  for (const worker of workers) expect(await lives(worker)).toBe(false);
});

test('a worker that dies is restarted, and so are all workers that die soon after their start; when the primary process is killed, its workers end', async () => {
  // With PORT=0, the port would change once all workers have ended.
  const { child, url, pid } = await startWorkers({ PORT: String(await freePort()) });
  const [victim = 0, other = 0] = await childrenOf(pid);
  process.kill(victim, 'SIGKILL');
  await vi.waitFor(
    async () => {
      const workers = await childrenOf(pid);
      expect(workers).toHaveLength(2);
      expect(workers).toContain(other);
      expect(workers).not.toContain(victim);
    },
    { timeout: 20_000 },
  );
  expect((await fetch(url)).status).toBe(200);

  const victims = await childrenOf(pid);
  for (const each of victims) process.kill(each, 'SIGKILL');
  await vi.waitFor(async () => expect((await childrenOf(pid)).filter((worker) => !victims.includes(worker))).toHaveLength(2), { timeout: 20_000 });
  await vi.waitFor(async () => expect((await fetch(url)).status).toBe(200), { timeout: 20_000 });

  const workers = await childrenOf(pid);
  child.kill('SIGKILL');
  await vi.waitFor(async () => expect(await Promise.all(workers.map(lives))).toEqual([false, false]), { timeout: 20_000 });
});

test('SIGHUP replaces the workers one after another, and no request on a keep-alive connection fails', { timeout: 90_000 }, async () => {
  const { child, url, pid, logged } = await startWorkers();
  const before = await childrenOf(pid);
  const over = new AbortController();
  const counts = { answers: 0, closing: 0 };
  const failures: unknown[] = [];
  const reader = async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    while (!over.signal.aborted) {
      try {
        const { status, connection } = await visit(url, agent);
        counts.answers += 1;
        if (connection === 'close') counts.closing += 1;
        if (status !== 200) failures.push(status);
      } catch (error) {
        failures.push(error);
      }
      await delay(10);
    }
    agent.destroy();
  };
  const readers = Array.from({ length: 8 }, reader);
  for (const round of shortOrLong([1], [1, 2])) {
    child.kill('SIGHUP');
    await vi.waitFor(() => expect(logged().match(/workers replaced/g)).toHaveLength(round), { timeout: 30_000 });
  }
  await vi.waitFor(async () => expect(await Promise.all(before.map(lives))).toEqual([false, false]), { timeout: 30_000 });
  over.abort();
  await Promise.all(readers);
  expect(failures).toEqual([]);
  expect(counts.answers).toBeGreaterThan(100);
  expect(counts.closing).toBeGreaterThan(0);
  const present = await childrenOf(pid);
  expect(present.filter((worker) => before.includes(worker))).toEqual([]);
});

test('if the first worker can’t start, the command fails with a one-line message and starts no others', async () => {
  const folder = await temporaryFolder();
  await file(folder, 'broadsheet.db', 'no database at all, but long enough to be looked at as one');
  const { code, stdout, stderr } = await runInOwnProcess(folder, ['serve'], { environment: { WORKERS: '3' } });
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^\S+broadsheet\.db can't be (?:used|opened) \(.+\n$/);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('a port in use fails with a one-line message with several workers too, and all processes end', async () => {
  const port = await usedPort();
  const folder = await temporaryFolder();
  expect(await runInOwnProcess(folder, ['serve'], { environment: { WORKERS: '2', PORT: port } })).toEqual({ code: 1, stdout: '', stderr: `PORT=${port} is already in use on 127.0.0.1. Stop the program that uses this port, or set PORT to another port.\n` });
});

test('a worker that can’t start is retried until it can', { timeout: 60_000 }, async () => {
  const { folder, url, pid, logged } = await startWorkers();
  const [victim = 0] = await childrenOf(pid);
  const database = path.join(folder, 'broadsheet.db');
  await rename(database, `${database}.away`);
  await mkdir(database);
  process.kill(victim, 'SIGKILL');
  await vi.waitFor(() => expect((logged().match(/a worker ended unexpectedly and will be restarted/g) ?? []).length).toBeGreaterThan(1), { timeout: 20_000 });
  await rmdir(database);
  await rename(`${database}.away`, database);
  await vi.waitFor(async () => expect(logged().match(/worker started/g)).toHaveLength(3), { timeout: 30_000 });
  expect(await childrenOf(pid)).toHaveLength(2);
  expect((await fetch(url)).status).toBe(200);
});
