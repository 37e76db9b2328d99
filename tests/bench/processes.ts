import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';

// What must not outlive the bench, however it ends.
const running = new Set<ChildProcess>();
const temporary = new Set<string>();

/** How long a process that is told to end may take before it is killed, in milliseconds. */
const killTimeout = 15_000;
/** The kernel's unit of CPU time as /proc shows it: fixed at 100 a second (`man 5 proc`, USER_HZ). */
const ticksPerSecond = 100;

/** Starts a program on cores of its own. It is ended with the bench at the latest. */
export function startOn(cores: number[], command: string, args: string[], { environment, stdio }: { environment?: NodeJS.ProcessEnv; stdio: StdioOptions }): ChildProcess {
  const child = spawn('taskset', ['-c', cores.join(','), command, ...args], { env: environment ?? { PATH: process.env['PATH'] }, stdio });
  killAtExit(child);
  return child;
}

/** A process that others started, to be ended with the bench at the latest. */
export function killAtExit(child: ChildProcess): void {
  running.add(child);
  child.once('exit', () => running.delete(child));
}

/** Tells a process to end and waits until it has. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), killTimeout);
  await ended;
  clearTimeout(killer);
}

/** A folder or file to be removed with the bench at the latest. */
export function removeAtExit(path: string): void {
  temporary.add(path);
}

export function remove(path: string): void {
  rmSync(path, { recursive: true, force: true });
  temporary.delete(path);
}

/** Whatever way the bench ends, its processes and temporary files go with it. */
export function cleanUpAtExit(): void {
  process.on('exit', () => {
    for (const pid of [...running].flatMap((child) => (child.pid === undefined ? [] : withDescendants(child.pid)))) kill(pid);
    for (const path of temporary) rmSync(path, { recursive: true, force: true });
  });
  for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]] as const) process.on(signal, () => process.exit(code));
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended of its own.
  }
}

/** The processes that a process started, and theirs, with itself. */
export function withDescendants(pid: number): number[] {
  const parents = new Map(readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => [Number(name), Number(fieldsOf(Number(name))[1])]));
  const found = [pid];
  for (const one of found) found.push(...[...parents].filter(([, parent]) => parent === one).map(([child]) => child));
  return found;
}

/** CPU time that a process has used so far, in seconds; 0 if it has ended. */
export function cpuSeconds(pid: number): number {
  const fields = fieldsOf(pid);
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticksPerSecond;
}

/** Resident memory of a process, in MB (of 1,000,000 bytes): all of it, and what is not of files. */
export function residentMemory(pid: number): { all: number; anonymous: number; highest: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const read = (name: string) => (Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0) * 1024) / 1e6;
  return { all: read('VmRSS'), anonymous: read('RssAnon'), highest: read('VmHWM') };
}

/** What stands in /proc/PID/stat behind the program's name, which may hold anything. */
function fieldsOf(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
