import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The cores that each process runs on. */
export interface Cores {
  /** All cores that this process may use. */
  all: number[];
  /** Different from the client's core if there are at least two. */
  server: number[];
  client: number[];
  /** All cores except the client's. */
  database: number[];
  /** Two cores, different from the client's if there are at least three. */
  workers: number[];
}

/** Divides the cores that this process may use, which in a container may not be all. Linux only. */
export function divideCores(): Cores {
  const [, list = ''] = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  const all = list.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
  const client = all.slice(-1);
  return { all, server: all.slice(0, 1), client, database: all.length < 2 ? client : all.slice(0, -1), workers: all.slice(0, 2) };
}

/** Pins all threads of this process, the client of the latency measurements, to cores. */
export function moveTo(cores: number[]): void {
  execFileSync('taskset', ['-a', '-c', '-p', cores.join(','), String(process.pid)], { stdio: 'ignore' });
}
