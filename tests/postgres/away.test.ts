import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { Client } from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openPostgres } from '../../src/storage/database/postgres.ts';
import { readForm } from '../support/article-form.ts';
import { elements } from '../support/html.ts';
import { shortOrLong } from '../support/long.ts';
import { startPostgres } from '../support/postgres.ts';
import { executeSql, template } from '../support/postgres/server.ts';
import { file, prepare, run, startServer } from '../support/program.ts';
import { temporaryFolder } from '../support/test-site.ts';

/** Starts a PostgreSQL server for the test. `environment` points servers and commands at a database of it, by default one with an empty site. */
async function siteInPostgres(database = template) {
  const postgres = await startPostgres({ durable: true });
  const folder = await temporaryFolder();
  const environment = { DATABASE_URL: `${postgres.url}/${database}`, LOG_LEVEL: 'info', DATABASE_TIMEOUT: '2' };
  return { postgres, folder, environment };
}

async function get(url: string): Promise<{ status: number; stale: string | null; retryAfter: string | null; body: string }> {
  const answer = await fetch(url);
  return { status: answer.status, stale: answer.headers.get('cache-status'), retryAfter: answer.headers.get('retry-after'), body: await answer.text() };
}

/** Takes the advisory lock of writes until the transaction ends. */
const lockWritesSql = "select pg_advisory_xact_lock(x'42524f41'::int, 1)";

const article = (title: string) => JSON.stringify({ title, body: 'Text.', theme: 'World', publishedAt: '2025-03-23T10:00:00Z' });

const servers = shortOrLong(2, 10);

test(`${servers} servers that start at the same time on an empty database create one site, and each shows what any server or command writes`, { timeout: 90_000 }, async () => {
  const { folder, environment } = await siteInPostgres('postgres');
  const started = await Promise.all(Array.from({ length: servers }, () => startServer(folder, ['--empty'], environment)));
  for (let count = 1; count <= 3; count += 1) {
    for (const { url } of started) expect((await get(url)).status).toBe(200);
    await prepare(folder, ['settings', 'set', 'name', `Paper ${count}`], { environment });
    for (const { url } of started) await vi.waitFor(async () => expect((await get(url)).body).toContain(`Paper ${count}`), { timeout: 2000, interval: 1 });
  }
});

test('while PostgreSQL is down, cached pages are served as stale and all else answers 503; the site recovers once PostgreSQL is back', { timeout: 90_000 }, async () => {
  const { postgres, folder, environment } = await siteInPostgres();
  const { url, output } = await startServer(folder, ['--empty'], environment);
  expect(output()).toContain('To create the first account');
  await prepare(folder, ['import', await file(folder, 'a.ndjson', article('Before'))], { environment });
  for (const path of ['/', '/articles/before']) expect((await get(url + path)).stale).toBeNull();

  await postgres.stop('immediate');
  await vi.waitFor(async () => expect((await get(`${url}/articles/before`)).stale).toMatch(/^Broadsheet; hit; ttl=-\d+; detail=/), { timeout: 10_000 });
  expect(await get(`${url}/articles/before`)).toMatchObject({ status: 200, body: expect.stringContaining('Before') });
  expect(await get(`${url}/themes/world`)).toMatchObject({ status: 503, retryAfter: '30', stale: null });
  expect(await get(`${url}/health`)).toMatchObject({ status: 503, retryAfter: '5' });
  const typed = { uid: crypto.randomUUID(), title: 'Typed “in vain”', body: '\r\n<b>Typed</b>' };
  const answer = await fetch(`${url}/admin/articles/${typed.uid}/publication`, { method: 'POST', body: new URLSearchParams(typed), headers: { origin: url } });
  const page = await answer.text();
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  expect(readForm(page.replaceAll('\r\n', '\n'))).toEqual({ ...typed, body: '\n<b>Typed</b>' });
  expect(elements(page, 'form', { method: 'post', action: `/admin/articles/${typed.uid}/publication` })).toHaveLength(1);
  const files = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path);
  expect(files.length).toBeGreaterThan(1);
  for (const path of files) expect((await get(url + path)).status).toBe(200);
  const { code, stderr } = await run(folder, ['settings'], { environment });
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^The database of DATABASE_URL can't be used \(.*ECONNREFUSED.*\): start PostgreSQL, or check the host and the port\.\n$/)]);

  await postgres.start();
  await prepare(folder, ['import', await file(folder, 'b.ndjson', article('After'))], { environment });
  await vi.waitFor(async () => expect(await get(`${url}/`)).toMatchObject({ stale: null, status: 200, body: expect.stringContaining('After') }), { timeout: 15_000 });
  expect(await get(`${url}/themes/world`)).toMatchObject({ status: 200, body: expect.stringContaining('After') });
});

test('while PostgreSQL does not respond, no request waits for long; the site recovers once PostgreSQL responds', { timeout: 120_000 }, async () => {
  const { postgres, folder, environment } = await siteInPostgres();
  const { url } = await startServer(folder, ['--empty'], { ...environment, DATABASE_TIMEOUT: '60' });
  await prepare(folder, ['import', await file(folder, 'a.ndjson', article('Before'))], { environment });
  for (const path of ['/', '/themes/world']) await get(url + path);
  const other = await startServer(folder, [], { ...environment, DATABASE_TIMEOUT: '60' });
  await postgres.signal('SIGSTOP');
  onTestFinished(() => postgres.signal('SIGCONT').catch(() => {}));
  // Requests sent before the site has noticed are answered once it notices.
  const early = Promise.all(['/articles/before', '/search?q=before', '/admin/sign-in', '/health'].map((path) => get(url + path)));
  expect((await early).map(({ status }) => status)).toEqual([503, 503, 503, 503]);
  expect(await get(`${url}/themes/world`)).toMatchObject({ status: 200, stale: expect.stringContaining('the database is unavailable') });
  for (const path of ['/archive', '/admin/sign-in', '/health']) expect(await get(url + path)).toMatchObject({ status: 503, retryAfter: expect.stringMatching(/^\d+$/) });

  expect((await other.stop()).code).toBe(0);
  await postgres.signal('SIGCONT');
  await prepare(folder, ['import', await file(folder, 'b.ndjson', article('After'))], { environment });
  await vi.waitFor(async () => expect(await get(`${url}/`)).toMatchObject({ stale: null, status: 200, body: expect.stringContaining('After') }), { timeout: 30_000 });
  for (const path of ['/articles/after', '/admin/sign-in', '/health']) expect((await get(url + path)).status).toBe(200);
});

test('a write that waits too long for another one fails, and the next write succeeds', { timeout: 60_000 }, async () => {
  const { folder, environment } = await siteInPostgres();
  const { url } = await startServer(folder, ['--empty'], { ...environment, DATABASE_TIMEOUT: '1' });
  const client = new Client({ connectionString: environment.DATABASE_URL });
  await client.connect();
  onTestFinished(() => client.end());
  // Each attempt writes a row.
  const signIn = async () => (await fetch(`${url}/admin/sign-in`, { method: 'POST', body: new URLSearchParams({ email: 'nobody@news.example', password: 'wrong password indeed' }), headers: { origin: url } })).status;
  expect(await signIn()).toBe(422);
  await client.query(`begin; ${lockWritesSql}`);
  expect(await Promise.all([signIn(), signIn(), signIn()])).toEqual([503, 503, 503]);
  await client.query('rollback');
  expect([await signIn(), await signIn(), await signIn()]).toEqual([422, 422, 422]);
});

test('options in the URL are added to our own', async () => {
  const { environment } = await siteInPostgres();
  const db = await openPostgres({ url: `${environment.DATABASE_URL}?options=${encodeURIComponent('-c search_path=public')}`, poolSize: 1, timeout: 5000 });
  onTestFinished(() => db.close());
  const settings = await sql<{ name: string; value: string }>`select name, setting as value from pg_settings where name in ('default_transaction_read_only', 'search_path', 'statement_timeout') order by name`.execute(db.reader);
  expect(settings.rows.map(({ value }) => value)).toEqual(['on', 'public', '5000']);
});

test('lost connections are reopened, and no change is missed', { timeout: 90_000 }, async () => {
  const { folder, environment } = await siteInPostgres();
  const { url } = await startServer(folder, ['--empty'], environment);
  const client = new Client({ connectionString: environment.DATABASE_URL });
  await client.connect();
  onTestFinished(() => client.end());
  for (let count = 1; count <= 5; count += 1) {
    await get(url);
    await client.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'broadsheet'");
    await prepare(folder, ['settings', 'set', 'name', `Paper ${count}`], { environment });
    await vi.waitFor(async () => expect((await get(url)).body).toContain(`Paper ${count}`), { timeout: 10_000 });
    await delay(50 * count);
  }
  expect((await get(url)).stale).toBeNull();
});

test('after STALE_MAX no stale page is served', { timeout: 60_000 }, async () => {
  const { postgres, folder, environment } = await siteInPostgres();
  const { url } = await startServer(folder, ['--empty'], { ...environment, STALE_MAX: '2' });
  await get(url);
  await postgres.stop('fast');
  await vi.waitFor(async () => expect((await get(url)).stale).not.toBeNull(), { timeout: 10_000 });
  await vi.waitFor(async () => expect((await get(url)).status).toBe(503), { timeout: 10_000 });
});

test.each([
  ['postgres://broadsheet@127.0.0.1:1/site', /ECONNREFUSED.*: start PostgreSQL, or check the host and the port\.$/],
  ['postgres://broadsheet@nowhere.invalid/site', /(?:ENOTFOUND|EAI_AGAIN).*: check the host name\.$/],
  ['postgres://broadsheet@127.0.0.1:1/site?sslmode=verify-full&sslrootcert=/nowhere.pem', /nowhere\.pem.*: check .* sslrootcert/],
  ['mysql://127.0.0.1/site', /^DATABASE_URL=… is not valid\. Expected a PostgreSQL URL such as postgres:/],
  ['postgres://me:12/se@cret@host/site', /^DATABASE_URL=… is not valid\. .* written as %40/],
  ['postgres://me:100%secret@host/site', /^DATABASE_URL=… is not valid\./],
  ['postgres://me:12?secret@host/site', /^DATABASE_URL=… is not valid\./],
  ['postgres://me:12#secret@host/site', /^DATABASE_URL=… is not valid\./],
  ['postgres://host/site?sslmode=perhaps', /^DATABASE_URL=… is not valid\. .*verify-full\.$/],
])('a wrong DATABASE_URL gives a one-line message: %s', async (url, reason) => {
  const { code, stderr } = await run(await temporaryFolder(), ['settings'], { environment: { DATABASE_URL: url } });
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^[^\n]+\n$/)]);
  expect(stderr.trim()).toMatch(reason);
  expect(stderr).not.toMatch(/cret/);
});

test('a refusal by PostgreSQL gives a one-line message', async () => {
  const { postgres, folder } = await siteInPostgres();
  await executeSql(postgres.url, 'create role nobody login');
  const refused = async (url: string) => (await run(folder, ['settings'], { environment: { DATABASE_URL: url } })).stderr;
  expect(await refused(`${postgres.url}/missing`)).toMatch(/^The database of DATABASE_URL can't be used \(database "missing" does not exist\): create the database with[^\n]+\n$/);
  expect(await refused(`${postgres.url.replace('broadsheet@', 'stranger@')}/postgres`)).toMatch(/\(role "stranger" does not exist\): check the user and the password[^\n]+\n$/);
  expect(await refused(`${postgres.url.replace('broadsheet@', 'nobody@')}/postgres`)).toMatch(/\(permission denied for schema public\): allow this user to create tables[^\n]+\n$/);
  expect(await refused(`${postgres.url}/postgres?sslmode=require`)).toMatch(/^The database of DATABASE_URL can't be used \(The server does not support SSL connections\): turn on TLS in PostgreSQL[^\n]+\n$/);
  await executeSql(postgres.url, "create database latin encoding 'LATIN1' template template0");
  expect(await refused(`${postgres.url}/latin`)).toMatch(/\(its encoding is LATIN1\): create another database with createdb -E UTF8[^\n]+\n$/);
});
