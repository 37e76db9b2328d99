import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import SqliteFile from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { shortOrLong } from '../support/long.ts';
import { freePort } from '../support/ports.ts';
import { databaseBytes, waitForExit, file, prepare, rows, run, start, startServer, usedPort } from '../support/program.ts';
import { seedArticle } from '../support/seed.ts';
import { temporaryFolder } from '../support/test-site.ts';

test('the first start creates the site, loads the sample and prints the address and the link to the first account; the second start keeps everything', async () => {
  const folder = path.join(await temporaryFolder(), 'made', 'on the way');
  const first = await startServer(folder);
  expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const page = await fetch(first.url + seedArticle.path);
  expect([page.status, (await page.text()).includes(seedArticle.title)]).toEqual([200, true]);
  const { code, stdout, stderr } = await first.stop();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.replace(/[0-9a-f]{64}/, 'TOKEN')).toMatch(new RegExp(`^Broadsheet is running at ${first.url}\nListening on 127\\.0\\.0\\.1:${new URL(first.url).port} \\(process \\d+\\)\nTo create the first account, open ${first.url}/admin/set-up/TOKEN \\(the link works once\\)\n$`));

  const articles = rows(folder, 'select uid from article');
  await prepare(folder, ['settings', 'set', 'name', 'The Example']);
  const second = await startServer(folder);
  expect(await (await fetch(second.url)).text()).toContain('The Example');
  await second.stop();
  expect(articles.length).toBeGreaterThanOrEqual(21);
  expect(rows(folder, 'select uid from article')).toEqual(articles);
});

test('a site started with --empty stays empty, and each start prints the same link to the first account until the account is made', async () => {
  const folder = await temporaryFolder();
  const first = await startServer(folder, ['--empty']);
  const firstPath = setUpPath(first.output());
  await first.stop();
  const second = await startServer(folder);
  const path = setUpPath(second.output());
  expect(path).toBe(firstPath);
  expect((await fetch(second.url + path)).status).toBe(200);
  const fields = { name: 'Ana', email: 'ana@news.example', password: 'correct horse battery staple' };
  const answer = await fetch(second.url + path, { method: 'POST', redirect: 'manual', headers: { 'Sec-Fetch-Site': 'same-origin' }, body: new URLSearchParams(fields) });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/admin']);
  await second.stop();
  const third = await startServer(folder);
  expect((await fetch(third.url + path)).status).toBe(404);
  expect((await third.stop()).stdout).toMatch(new RegExp(`^Broadsheet is running at ${third.url}\nListening on [^\n]+\n$`));
  expect(rows(folder, 'select id from article')).toEqual([]);
});

const count = shortOrLong(2, 5);

test(`${count} servers that start the same new site at once all run, load the sample once, and print links that all work`, async () => {
  const folder = await temporaryFolder();
  const servers = await Promise.all(Array.from({ length: count }, () => startServer(folder)));
  for (const { url, output } of servers) {
    expect((await fetch(url + seedArticle.path)).status).toBe(200);
    await vi.waitFor(() => expect(output()).toContain('To create the first account'), { timeout: 10_000 });
    expect((await fetch(url + setUpPath(output()))).status).toBe(200);
  }
  await Promise.all(servers.map((server) => server.stop()));
  expect(rows(folder, 'select count(*) as articles from article')).toEqual([{ articles: 33 }]);
});

test('a site with imported articles doesn’t get the sample, and completes a merge of themes that was interrupted', async () => {
  const folder = await temporaryFolder();
  await prepare(folder, ['import', await file(folder, 'two.ndjson', '{"title": "One", "theme": "World"}\n{"title": "Two", "theme": "Sport"}')]);
  const db = new SqliteFile(path.join(folder, 'broadsheet.db'));
  db.exec("insert into merged_theme (id, into_id) select sport.id, world.id from theme sport, theme world where sport.name = 'Sport' and world.name = 'World'; insert into theme_merge (from_id, into_id) select id, into_id from merged_theme");
  db.close();
  const server = await startServer(folder);
  const articles = () => rows(folder, 'select title, theme.name as theme from article join theme on theme.id = theme_id order by article.id');
  await vi.waitFor(() => expect(articles()).toEqual([{ title: 'One', theme: 'World' }, { title: 'Two', theme: 'World' }]), { timeout: 10_000 });
  await server.stop();
  expect(rows(folder, 'select name from theme')).toEqual([{ name: 'World' }]);
});

test('SITE_URL is the printed address and the start of all absolute addresses', async () => {
  const folder = await temporaryFolder();
  const port = await freePort();
  const server = await startServer(folder, ['--empty'], { SITE_URL: 'https://news.example/', PORT: String(port) });
  expect(server.url).toBe('https://news.example');
  expect(await (await fetch(`http://127.0.0.1:${port}/robots.txt`)).text()).toContain('https://news.example/sitemap.xml');
});

test('a port in use fails with a one-line message, and nothing is created', async () => {
  const port = await usedPort();
  const folder = await temporaryFolder();
  expect(await run(folder, ['serve'], { environment: { PORT: port } })).toEqual({ code: 1, stdout: '', stderr: `PORT=${port} is already in use on 127.0.0.1. Stop the program that uses this port, or set PORT to another port.\n` });
  expect(await readdir(folder)).toEqual([]);
});

test('a HOST that is not an address of this machine fails with a one-line message, and nothing is created', async () => {
  const folder = await temporaryFolder();
  expect(await run(folder, ['serve'], { environment: { HOST: '203.0.113.5' } })).toEqual({ code: 1, stdout: '', stderr: 'The server can\'t listen on HOST=203.0.113.5 (EADDRNOTAVAIL). Set HOST to an address of this machine.\n' });
  expect(await readdir(folder)).toEqual([]);
});

test('a setting that is not valid fails with a one-line message, and nothing is created', async () => {
  const folder = await temporaryFolder();
  expect(await run(folder, ['serve'], { environment: { PORT: 'http' } })).toEqual({ code: 1, stdout: '', stderr: 'PORT=http is not valid. Expected a port number from 0 to 65535 (0 picks any free port).\n' });
  expect(await readdir(folder)).toEqual([]);
});

test('a DATA_DIR that can’t be created or written fails with a one-line message', async () => {
  const folder = await temporaryFolder();
  const notFolder = await file(folder, 'file', '');
  const cases = shortOrLong([[notFolder, 'EEXIST']], [[notFolder, 'EEXIST'], [path.join(notFolder, 'below'), 'ENOTDIR'], ['/proc/broadsheet/data', 'ENOENT']]);
  const ends = await Promise.all(cases.map(([dataDir = '']) => run(dataDir, ['serve'])));
  expect(ends).toEqual(cases.map(([dataDir, why]) => ({ code: 1, stdout: '', stderr: `DATA_DIR=${dataDir} can't be written (${why}). Set DATA_DIR to a folder that this user can write to.\n` })));
  expect(await readdir(folder)).toEqual(['file']);
});

test('a broadsheet.db that is not a database, or is a folder, fails with a one-line message and stays unchanged', async () => {
  const folder = await temporaryFolder();
  const place = path.join(folder, 'broadsheet.db');
  await writeFile(place, 'a diary, perhaps');
  expect(await run(folder, ['serve'])).toEqual({ code: 1, stdout: '', stderr: `${place} can't be opened (file is not a database). Restore a backup there, or use another DATA_DIR.\n` });
  expect([await readdir(folder), String(await databaseBytes(folder))]).toEqual([['broadsheet.db'], 'a diary, perhaps']);

  const other = await temporaryFolder();
  await mkdir(path.join(other, 'broadsheet.db'));
  const { code, stderr } = await run(other, ['serve']);
  expect([code, stderr]).toEqual([1, `${path.join(other, 'broadsheet.db')} can't be opened (unable to open database file). Set DATA_DIR to a place that this user can write to.\n`]);
});

test('a database newer than the program fails with a one-line message and stays unchanged', async () => {
  const folder = await temporaryFolder();
  await prepare(folder, ['settings']);
  const place = path.join(folder, 'broadsheet.db');
  const database = new SqliteFile(place);
  database.prepare("insert into kysely_migration values ('9999-things-to-come', '2030-01-01T00:00:00Z')").run();
  database.close();
  const before = await databaseBytes(folder);

  expect(await run(folder, ['serve'])).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(/^\S+broadsheet\.db is newer than this program \(.*9999-things-to-come.*\)\. Run the newer program, or use another DATA_DIR\.\n$/) });
  expect(await readdir(folder)).toEqual(['broadsheet.db']);
  expect((await databaseBytes(folder)).equals(before)).toBe(true);
});

test.each(shortOrLong(['SIGTERM'] as const, ['SIGTERM', 'SIGINT'] as const))('%s lets an in-flight response finish, closes the database, and exits with 0', async (signal) => {
  const folder = await temporaryFolder();
  const body = 'x'.repeat(1_900_000);
  await prepare(folder, ['import', await file(folder, 'long.ndjson', ['a', 'b', 'c', 'd'].map((slug) => JSON.stringify({ title: slug, slug, body, theme: 'World', publishedAt: '2025-03-23' })).join('\n'))]);
  const server = await startServer(folder);
  // More than the socket buffers take, from a client that does not read yet.
  const answer = await slowly(`${server.url}/feed.json`);
  const end = server.stop(signal);
  await wait(300);
  await expect(fetch(server.url)).rejects.toThrow('fetch failed');
  const feed = JSON.parse(await text(answer));

  expect(feed.items).toHaveLength(4);
  expect((await end).code).toBe(0);
  expect(await readdir(folder)).toEqual(['broadsheet.db', 'long.ndjson']);
});

test('after SIGHUP, requests on their way on keep-alive connections are answered', async () => {
  const server = await startServer(await temporaryFolder(), ['--empty']);
  const failures: string[] = [];
  let answers = 0;
  const readers = Array.from({ length: 20 }, async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    try {
      for (;;) {
        await text(await slowly(server.url, agent));
        answers += 1;
        await wait(Math.random() * 50);
      }
    } catch (error) {
      failures.push(error instanceof Error && 'code' in error ? String(error.code) : String(error));
    } finally {
      agent.destroy();
    }
  });
  await vi.waitFor(() => expect(answers).toBeGreaterThan(200), { timeout: 20_000 });
  expect((await server.stop('SIGHUP')).code).toBe(0);
  await Promise.all(readers);
  // Connections are refused in the end, but none was reset.
  expect(new Set(failures)).toEqual(new Set(['ECONNREFUSED']));
});

test('shutdown waits neither for idle keep-alive connections nor for silent ones, and a second signal changes nothing', async () => {
  const server = await startServer(await temporaryFolder(), ['--empty']);
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const answer = await slowly(server.url, agent);
  await text(answer);
  await connection(Number(new URL(server.url).port));

  const begun = performance.now();
  const [end] = await Promise.all([server.stop('SIGINT'), server.stop('SIGINT')]);
  expect(end.code).toBe(0);
  expect(performance.now() - begun).toBeLessThan(3000);
});

test('a stop signal during the start takes effect after the start, and pending requests are answered', async () => {
  const folder = await temporaryFolder();
  const port = await freePort();
  const child = start(folder, ['serve'], { PORT: String(port) });
  const end = waitForExit(child);
  const socket = await connection(port);
  socket.write('GET /health HTTP/1.1\r\nHost: news.example\r\n\r\n');
  child.kill('SIGTERM');

  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 /);
  expect((await end).code).toBe(0);
  expect(rows(folder, 'select id from article').length).toBeGreaterThanOrEqual(21);
});

test('serve accepts no arguments but --empty', async () => {
  const folder = await temporaryFolder();
  const { code, stdout, stderr } = await run(folder, ['serve', '--full']);
  expect([code, stdout, stderr]).toEqual([1, '', "Unknown option '--full'. Run “npx broadsheet help” for usage.\n"]);
  expect((await run(folder, ['serve', 'now'])).code).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});

function setUpPath(output: string): string {
  return /\/admin\/set-up\/[0-9a-f]{64}/.exec(output)?.[0] ?? '';
}

async function slowly(url: string, agent?: Agent): Promise<IncomingMessage> {
  const [answer] = await once(get(url, { agent }), 'response');
  return answer;
}

/** Connects as soon as the server listens. */
async function connection(port: number): Promise<Socket> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    onTestFinished(() => {
      socket.destroy();
    });
    try {
      await once(socket, 'connect');
      return socket.on('error', () => {});
    } catch {
      await wait(5);
    }
  }
}
