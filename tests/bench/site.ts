import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startOn, stop } from './processes.ts';

const projectFolder = fileURLToPath(new URL('../../', import.meta.url));
const launcher = path.join(projectFolder, 'src/broadsheet.js');

/** A measured server, which ends with the block that started it. */
export interface RunningSite extends AsyncDisposable {
  /** Without a slash at its end. */
  url: string;
  pid: number;
  /** What it has printed so far. */
  output(): string;
}

/** By their names: those that say which site it is, and further ones. */
export type Settings = Record<string, string>;

export interface SiteOptions {
  settings: Settings;
  cores: number[];
  /** Further settings of the site. */
  environment?: Settings;
}

/** The environmentFor of every command of the program: nothing of the caller's own settings. */
export function environmentFor(settings: Settings): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], SITE_URL: 'http://news.example', LOG_LEVEL: 'warn', ...settings };
}

/** Runs a command of the program to its end, on the given cores. @throws if it fails */
export async function runCommand(cores: number[], settings: Settings, args: string[]): Promise<void> {
  const child = startOn(cores, launcher, args, { environment: environmentFor(settings), stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`broadsheet ${args.join(' ')} failed`);
}

/** Starts the real site. Resolves when it says that it is there. */
export async function startSite({ settings, cores, environment = {} }: SiteOptions): Promise<RunningSite> {
  const port = await freePort();
  const child = startOn(cores, launcher, ['serve'], { environment: environmentFor({ PORT: String(port), ...settings, ...environment }), stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (text) => {
      output += text;
      if (output.includes('Broadsheet is running at ')) resolve();
    });
    child.once('exit', () => reject(new Error('The site ended before it answered')));
  });
  return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, output: () => output, [Symbol.asyncDispose]: () => stop(child) };
}

/** A port that nobody has at the moment. */
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
