import { execFileSync } from 'node:child_process';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { executeSql, makePostgres, queryRows } from '../support/postgres/server.ts';
import { killAtExit, withDescendants } from './processes.ts';
import type { Store } from './store.ts';

/** What PostgreSQL's manual recommends for a machine with 8 GB or more; otherwise the defaults. */
const settings = ['shared_buffers=2GB', 'max_wal_size=8GB'];

/** Starts PostgreSQL with its data in a folder. Each site has a database of its own there. */
export async function startPostgresStore(folder: string): Promise<Store> {
  const server = await makePostgres({ durable: true, folder, settings, onStart: killAtExit });
  const drop = async (name: string) => executeSql(server.url, `drop database if exists "${name}" with (force)`);
  return {
    name: 'PostgreSQL 18',
    settingsOf: (site) => ({ DATA_DIR: site, DATABASE_URL: `${server.url}/${databaseOf(site)}` }),
    async make(site) {
      await mkdir(site);
      await drop(databaseOf(site));
      await executeSql(server.url, `create database "${databaseOf(site)}"`);
    },
    async rename(site, target) {
      await drop(databaseOf(target));
      await executeSql(server.url, `alter database "${databaseOf(site)}" rename to "${databaseOf(target)}"`);
      await rename(site, target);
    },
    async copy(site, target) {
      await mkdir(target);
      await drop(databaseOf(target));
      await executeSql(server.url, `create database "${databaseOf(target)}" template "${databaseOf(site)}" strategy file_copy`);
    },
    async remove(site) {
      await drop(databaseOf(site));
      await rm(site, { recursive: true, force: true });
    },
    async filesOf(site) {
      const [database] = await queryRows<{ oid: string }>(server.url, `select oid from pg_database where datname = '${databaseOf(site)}'`);
      if (!database) return [];
      const place = path.join(server.databases, String(database.oid));
      return (await readdir(place)).filter((name) => /^\d/.test(name)).map((name) => path.join(place, name));
    },
    moveTo(cores) {
      // Later processes are children of the main process and inherit its cores.
      for (const pid of withDescendants(server.pid() ?? 0)) execFileSync('taskset', ['-a', '-c', '-p', cores.join(','), String(pid)], { stdio: 'ignore' });
    },
    [Symbol.asyncDispose]: () => server.stop('fast'),
  };
}

/** A database name that needs no escaping in a URL. */
function databaseOf(site: string): string {
  return path.basename(site).replaceAll(/[^a-z\d]+/g, '_');
}
