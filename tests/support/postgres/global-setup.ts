import type { TestProject } from 'vitest/node';
import { migrate } from '../../../src/storage/migrate.ts';
import { openPostgres } from '../../../src/storage/postgres.ts';
import { ask, makePostgres, template } from './server.ts';

/** Starts a PostgreSQL for all tests of a project, with a database that each site's is a copy of. */
export default async function setUp({ provide }: TestProject): Promise<() => Promise<void>> {
  const server = await makePostgres();
  await ask(server.url, `create database ${template}`);
  const db = await openPostgres({ url: `${server.url}/${template}`, poolSize: 1, timeout: 10_000 });
  await migrate(db);
  await db.close();
  provide('postgresUrl', server.url);
  return () => server.remove();
}
