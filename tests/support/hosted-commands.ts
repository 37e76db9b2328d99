import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { CommandResult } from './program.ts';

const hostFile = fileURLToPath(new URL('command-host.ts', import.meta.url));
/** Printed by the host after each command, on stdout and stderr, with the exit code. */
const endOfCommand = /\u0000(\d+)\u0000$/;

let host: ChildProcess | undefined;
let previous: Promise<unknown> = Promise.resolve();

/**
 * Runs a command of the program in a host process that all commands share, because starting a process takes longer than
 * most commands. Simultaneous calls run one after another. A command that has not ended with its test ends with the host.
 */
export async function runHosted(command: HostedCommand, cwd: string): Promise<CommandResult> {
  const result = previous.then(() => runNext(command, cwd));
  previous = result.catch(() => undefined);
  return result;
}

interface HostedCommand {
  args: string[];
  environment: NodeJS.ProcessEnv;
  /** Standard input. */
  input: string;
}

async function runNext(command: HostedCommand, cwd: string): Promise<CommandResult> {
  host ??= startHost(cwd, command.environment);
  const child = host;
  let isRunning = true;
  onTestFinished(() => {
    if (isRunning) child.kill('SIGKILL');
  });
  const outputs = Promise.all([readUntilEnd(child, child.stdout), readUntilEnd(child, child.stderr)]);
  child.send(command);
  const [[stdout, code], [stderr]] = await outputs;
  isRunning = false;
  return { code, stdout, stderr };
}

/** Starts the host. Its handles are unreferenced, so that it does not keep this process alive. */
function startHost(cwd: string, environment: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(process.execPath, [hostFile], { cwd, env: environment, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  child.unref();
  child.channel?.unref();
  child.once('exit', () => {
    host = undefined;
  });
  return child;
}

async function readUntilEnd(child: ChildProcess, output: ChildProcess['stdout']): Promise<[printed: string, code: number]> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    const died = () => reject(new Error(`The host of commands ended: ${Buffer.concat(chunks).toString()}`));
    const take = (chunk: Buffer) => {
      chunks.push(chunk);
      const printed = Buffer.concat(chunks).toString();
      const [whole, code] = endOfCommand.exec(printed) ?? [];
      if (whole === undefined) return;
      output?.off('data', take);
      child.off('exit', died);
      resolve([printed.slice(0, -whole.length), Number(code)]);
    };
    output?.on('data', take);
    child.once('exit', died);
  });
}
