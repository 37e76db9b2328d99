import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../../src/storage/database/migrate.ts';
import { openPostgres } from '../../../src/storage/database/postgres.ts';
import { executeSql, makePostgres, preparePostgres, template } from './server.ts';

/** Starts PostgreSQL for all tests of a project, with the template database of all sites. */
export default async function setUp({ provide }: TestProject): Promise<() => Promise<void>> {
  const prepared = await mkdtemp(path.join(tmpdir(), 'broadsheet-postgres-'));
  await preparePostgres(prepared);
  await makeTemplate(prepared);
  const server = await makePostgres({ prepared });
  provide('postgresUrl', server.url);
  provide('preparedPostgres', prepared);
  return async () => {
    await server.remove();
    await rm(prepared, { recursive: true, force: true });
  };
}

/** Adds the template database to a prepared folder, so that every server has it. */
async function makeTemplate(prepared: string): Promise<void> {
  const server = await makePostgres({ folder: prepared });
  await executeSql(server.url, `create database ${template}`);
  const db = await openPostgres({ url: `${server.url}/${template}`, poolSize: 1, timeout: 10_000 });
  await migrate(db);
  await db.close();
  await server.stop('fast');
}
