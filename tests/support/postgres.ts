import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { Pool } from 'pg';
import { inject, onTestFinished } from 'vitest';
import { makePostgres, template, type PostgresOptions, type PostgresServer } from './postgres/server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The URL of PostgreSQL, only in tests that run on it. */
    postgresUrl: string | undefined;
    /** A folder that `preparePostgres` filled, only in tests that run on PostgreSQL. */
    preparedPostgres: string;
  }
}

/** Whether the tests run on PostgreSQL. */
export const onPostgres = inject('postgresUrl') !== undefined;

/**
 * Creates a database with the sample for the site in a folder.
 *
 * @param makeSample fills the database of a folder; called once per process
 */
export async function copySampleDatabase(folder: string, makeSample: (folder: string) => Promise<void>): Promise<void> {
  const server = inject('postgresUrl') ?? '';
  const copied = `sample_${process.pid}`;
  sample ??= makeTemplate(server, folder, copied, makeSample);
  await sample;
  if (!createdDatabases.has(path.basename(folder))) await makeDatabase(server, path.basename(folder), copied);
}

let sample: Promise<void> | undefined;

async function makeTemplate(server: string, folder: string, name: string, fill: (folder: string) => Promise<void>): Promise<void> {
  await databaseOf(folder);
  await fill(folder);
  await execute(server, `create database "${name}" template "${path.basename(folder)}" strategy file_copy`);
}

/** The database settings of the site in a folder: none on SQLite, and on PostgreSQL a database that is dropped after the test. */
export async function databaseOf(folder: string): Promise<Record<string, string>> {
  const server = inject('postgresUrl');
  if (server === undefined) return {};
  const name = path.basename(folder);
  if (!createdDatabases.has(name)) await makeDatabase(server, name, template);
  return { DATABASE_URL: `${server}/${encodeURIComponent(name)}`, DATABASE_POOL: '4' };
}

const createdDatabases = new Set<string>();

let maintenance: Pool | undefined;

/** Runs a statement on a connection that this process keeps for it, because each new one takes PostgreSQL several milliseconds. */
async function execute(server: string, statement: string): Promise<void> {
  // The server may end before this process.
  maintenance ??= new Pool({ connectionString: `${server}/postgres`, max: 1, idleTimeoutMillis: 0, allowExitOnIdle: true }).on('error', () => {});
  await maintenance.query(statement);
}

async function makeDatabase(server: string, name: string, from: string): Promise<void> {
  createdDatabases.add(name);
  await execute(server, `create database "${name}" template "${from}" strategy file_copy`);
  onTestFinished(() => execute(server, `drop database "${name}" with (force)`));
}

/** Starts a separate PostgreSQL server, which is removed after the test. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const server = await makePostgres({ ...options, prepared: inject('preparedPostgres') });
  onTestFinished(() => server.remove());
  return server;
}

/** Creates a database without tables that is dropped after the test. Returns its address. */
export async function emptyDatabase(): Promise<string> {
  const server = inject('postgresUrl') ?? '';
  const name = `empty_${randomUUID()}`;
  await execute(server, `create database "${name}"`);
  onTestFinished(() => execute(server, `drop database "${name}" with (force)`));
  return `${server}/${name}`;
}
