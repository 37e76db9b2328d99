import path from 'node:path';
import { inject, onTestFinished } from 'vitest';
import { ask, template } from './postgres/server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where PostgreSQL is; only of the tests that are run on it. */
    postgresUrl: string | undefined;
  }
}

/** Whether the tests run on PostgreSQL. */
export const onPostgres = inject('postgresUrl') !== undefined;

/** The settings with which the site of a folder has its database where the tests are run; it is gone when the test is. */
export async function databaseOf(folder: string): Promise<Record<string, string>> {
  const server = inject('postgresUrl');
  if (server === undefined) return {};
  const name = path.basename(folder);
  if (!known.has(name)) {
    known.add(name);
    await ask(server, `create database "${name}" template ${template} strategy file_copy`);
    onTestFinished(() => ask(server, `drop database "${name}" with (force)`));
  }
  return { DATABASE_URL: `${server}/${encodeURIComponent(name)}`, DATABASE_POOL: '4' };
}

const known = new Set<string>();
