import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';

// Processes and files that must not outlive the bench.
const running = new Set<ChildProcess>();
const temporary = new Set<string>();

/** Milliseconds between SIGTERM and SIGKILL. */
const killTimeout = 15_000;
/** USER_HZ, the unit of CPU times in /proc: always 100 on Linux (`man 5 proc`). */
const ticksPerSecond = 100;

/** Starts a program on the given cores. It is killed when the bench ends, at the latest. */
export function startOn(cores: number[], command: string, args: string[], { environment, stdio }: { environment?: NodeJS.ProcessEnv; stdio: StdioOptions }): ChildProcess {
  const child = spawn('taskset', ['-c', cores.join(','), command, ...args], { env: environment ?? { PATH: process.env['PATH'] }, stdio });
  killAtExit(child);
  return child;
}

/** Registers a process to be killed when the bench ends. */
export function killAtExit(child: ChildProcess): void {
  running.add(child);
  child.once('exit', () => running.delete(child));
}

/** Sends SIGTERM, later SIGKILL, and waits until the process has ended. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), killTimeout);
  await ended;
  clearTimeout(killer);
}

/** Registers a file or folder to be removed when the bench ends. */
export function removeAtExit(path: string): void {
  temporary.add(path);
}

export function remove(path: string): void {
  rmSync(path, { recursive: true, force: true });
  temporary.delete(path);
}

/** Kills the registered processes with their descendants, and removes the registered files, when the bench ends or is interrupted. */
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
    // It has already ended.
  }
}

/** The pids of a process and all its descendants. */
export function withDescendants(pid: number): number[] {
  const parents = new Map(readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map((name) => [Number(name), Number(fieldsOf(Number(name))[1])]));
  const found = [pid];
  for (const one of found) found.push(...[...parents].filter(([, parent]) => parent === one).map(([child]) => child));
  return found;
}

/** The CPU time of a process in seconds; 0 if the process has ended. */
export function cpuSeconds(pid: number): number {
  const fields = fieldsOf(pid);
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticksPerSecond;
}

/** The resident memory of a process in MB (1,000,000 bytes): all of it, without mapped files, and its peak. */
export function residentMemory(pid: number): { all: number; anonymous: number; highest: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const read = (name: string) => (Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0) * 1024) / 1e6;
  return { all: read('VmRSS'), anonymous: read('RssAnon'), highest: read('VmHWM') };
}

/** The fields of /proc/PID/stat after the program's name. The name is skipped because it may contain spaces and brackets. */
function fieldsOf(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
