import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startOn, stop } from './processes.ts';

const projectFolder = fileURLToPath(new URL('../../', import.meta.url));
const launcher = path.join(projectFolder, 'src/broadsheet.js');

/** A running server. Disposing of it stops the server. */
export interface RunningSite extends AsyncDisposable {
  /** Without a trailing slash. */
  url: string;
  pid: number;
  /** What the server has printed so far. */
  output(): string;
}

/** Environment variables by name. */
export type Settings = Record<string, string>;

export interface SiteOptions {
  settings: Settings;
  cores: number[];
  environment?: Settings;
}

/** The environment of every command, without the caller's own settings. */
export function environmentFor(settings: Settings): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], SITE_URL: 'http://news.example', LOG_LEVEL: 'warn', ...settings };
}

/** Runs a command of the program on the given cores, and waits for its end. @throws if the command fails */
export async function runCommand(cores: number[], settings: Settings, args: string[]): Promise<void> {
  const child = startOn(cores, launcher, args, { environment: environmentFor(settings), stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`broadsheet ${args.join(' ')} failed`);
}

/** Starts the server. Resolves once it has printed its address. */
export async function startSite({ settings, cores, environment = {} }: SiteOptions): Promise<RunningSite> {
  const port = await freePort();
  const child = startOn(cores, launcher, ['serve'], { environment: environmentFor({ PORT: String(port), ...settings, ...environment }), stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (text) => {
      output += text;
      if (output.includes('Broadsheet is running at ')) resolve();
    });
    child.once('exit', () => reject(new Error('The server ended before it was ready')));
  });
  return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, output: () => output, [Symbol.asyncDispose]: () => stop(child) };
}

/** A port that is free at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return typeof address === 'object' && address ? address.port : 0;
}
