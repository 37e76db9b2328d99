import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import SqliteFile from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { runHosted } from './hosted-commands.ts';

export const projectFolder = fileURLToPath(new URL('../../', import.meta.url));
export const launcher = path.join(projectFolder, 'src/broadsheet.js');

// The tests start the program many times, and compiling takes most of that time.
const compileCache = path.join(projectFolder, 'node_modules/.cache/broadsheet-tests');

export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  environment?: Record<string, string>;
  /** Standard input. */
  input?: string;
}

/** Runs a command of the program on the site in a folder, in a host process that runs one command after another. `serve` must fail. */
export async function run(folder: string, args: string[], { environment = {}, input = '' }: RunOptions = {}): Promise<CommandResult> {
  return runHosted({ args, environment: environmentOf(folder, environment), input }, projectFolder);
}

/** Runs a command in a new process, as from a terminal. */
export async function runInOwnProcess(folder: string, args: string[], { environment = {}, input = '' }: RunOptions = {}): Promise<CommandResult> {
  const child = start(folder, args, environment);
  child.stdin?.end(input);
  return waitForExit(child);
}

/** Runs a command that is part of a test's set-up. @throws if it fails */
export async function prepare(folder: string, args: string[], options: RunOptions = {}): Promise<void> {
  const { code, stderr } = await run(folder, args, options);
  if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
}

export interface RunningServer {
  url: string;
  /** What the server has printed so far. */
  output(): string;
  /** Sends a signal and waits until the server has ended. */
  stop(signal?: NodeJS.Signals): Promise<CommandResult>;
}

/** Runs the server on any free port. It is killed after the test. */
export async function startServer(folder: string, args: string[] = [], environment: Record<string, string> = {}): Promise<RunningServer> {
  const child = start(folder, ['serve', ...args], environment);
  const end = waitForExit(child);
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      output += chunk;
      const [, address] = /^Broadsheet is running at (\S+)\n/.exec(output) ?? [];
      if (address) resolve(address);
    });
    void end.then(({ stderr }) => reject(new Error(`The server ended: ${stderr}`)));
  });
  return {
    url,
    output: () => output,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      return end;
    },
  };
}

/** Starts the program. It is killed after the test at the latest. */
export function start(folder: string, args: string[], environment: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, [launcher, ...args], { cwd: projectFolder, env: environmentOf(folder, environment) });
  killAfterTest(child);
  return child;
}

function environmentOf(folder: string, environment: Record<string, string>): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], NODE_COMPILE_CACHE: compileCache, DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'warn', ...environment };
}

export async function waitForExit(child: ChildProcess): Promise<CommandResult> {
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([child.stdout, child.stderr].map((stream) => (stream ? text(stream) : '')));
  const [code] = await closed;
  return { code, stdout: stdout ?? '', stderr: stderr ?? '' };
}

export function killAfterTest(child: ChildProcess): void {
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
}

/** Queries the SQLite database in a folder. */
export function rows(folder: string, query: string): unknown[] {
  const file = new SqliteFile(path.join(folder, 'broadsheet.db'), { readonly: true });
  try {
    return file.prepare(query).all();
  } finally {
    file.close();
  }
}

/** Writes a file. Returns its path. */
export async function file(folder: string, name: string, content: string | Buffer): Promise<string> {
  const place = path.join(folder, name);
  await writeFile(place, content);
  return place;
}

export async function databaseBytes(folder: string): Promise<Buffer> {
  return readFile(path.join(folder, 'broadsheet.db'));
}

/** A port on which something listens until the test ends. */
export async function usedPort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
  });
  await once(server, 'listening');
  return String((server.address() as AddressInfo).port);
}
