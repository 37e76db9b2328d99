import path from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { executeSql, makePostgres, template, type PostgresOptions, type PostgresServer } from './postgres/server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where PostgreSQL is; only of the tests that are run on it. */
    postgresUrl: string | undefined;
    /** A folder that `preparePostgres` filled; only of the same tests. */
    preparedPostgres: string;
  }
}

/** Whether the tests run on PostgreSQL. */
export const onPostgres = inject('postgresUrl') !== undefined;

/**
 * Gives a folder the database of a site with the sample.
 *
 * @param makeSample fills the database of a folder: called once for all tests of a process
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
  await executeSql(server, `create database "${name}" template "${path.basename(folder)}" strategy file_copy`);
}

/** The settings with which the site of a folder has its database where the tests are run; it is gone when the test is. */
export async function databaseOf(folder: string): Promise<Record<string, string>> {
  const server = inject('postgresUrl');
  if (server === undefined) return {};
  const name = path.basename(folder);
  if (!createdDatabases.has(name)) await makeDatabase(server, name, template);
  return { DATABASE_URL: `${server}/${encodeURIComponent(name)}`, DATABASE_POOL: '4' };
}

const createdDatabases = new Set<string>();

async function makeDatabase(server: string, name: string, from: string): Promise<void> {
  createdDatabases.add(name);
  await executeSql(server, `create database "${name}" template "${from}" strategy file_copy`);
  onTestFinished(() => executeSql(server, `drop database "${name}" with (force)`));
}

/** A PostgreSQL server for one test. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const server = await makePostgres({ ...options, prepared: inject('preparedPostgres') });
  onTestFinished(() => server.remove());
  return server;
}
