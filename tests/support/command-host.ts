import { Readable } from 'node:stream';
import { runCommand } from '../../src/main.ts';

// Runs commands one after another in this process, because starting a process takes longer than most commands.

/** Marks the end of a command's output, on stdout and stderr. Must match `endOfCommand` in hosted-commands.ts. */
const end = (code: number) => `\u0000${code}\u0000`;

interface Request {
  args: string[];
  environment: Record<string, string>;
  /** Standard input. */
  input: string;
}

process.on('message', runNext);

async function runNext({ args, environment, input }: Request): Promise<void> {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment);
  Object.defineProperty(process, 'stdin', { value: Readable.from([input]), configurable: true });
  process.exitCode = 0;
  await runCommand(args);
  removeListenersOfServe();
  for (const output of [process.stdout, process.stderr]) output.write(end(process.exitCode));
}

/** `serve` never removes its listeners, because its process ends with it. */
function removeListenersOfServe(): void {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.removeAllListeners(signal);
  for (const listener of process.listeners('message')) if (listener !== runNext) process.off('message', listener);
}
