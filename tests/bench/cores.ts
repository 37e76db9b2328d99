import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Which cores what runs on. */
export interface Cores {
  /** All that this process may use. */
  all: number[];
  /** A measured server's; apart from the client's where there are two. */
  server: number[];
  client: number[];
  /** A database server's: apart from the client's. */
  database: number[];
  /** Where two workers run: apart from the client's where there are three. */
  workers: number[];
}

/** Divides the cores that this process may use (Linux; its own list, which a container may have cut). */
export function divideCores(): Cores {
  const [, list = ''] = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  const all = list.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  const client = all.slice(-1);
  return { all, server: all.slice(0, 1), client, database: all.length < 2 ? client : all.slice(0, -1), workers: all.slice(0, 2) };
}

/** Moves this process, all of its threads, to cores: it is the client of the latency measurements. */
export function moveTo(cores: number[]): void {
  execFileSync('taskset', ['-a', '-c', '-p', cores.join(','), String(process.pid)], { stdio: 'ignore' });
}
