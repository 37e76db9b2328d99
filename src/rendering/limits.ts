import { readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import type { Worker } from 'node:worker_threads';

/** The most that rendering one body may take: CPU time of its thread, and elapsed time. In milliseconds. */
export const limits = { cpu: 2000, clock: 20_000 };

/** The message of a command about a text that exceeded a limit. */
export const takesTooLong = 'the formatting takes too long to process, so readers see the text as it was typed, in plain paragraphs.';

/** The id that Linux gives the calling thread; 0 on other systems. */
export function systemThreadId(): number {
  return process.platform === 'linux' ? Number(path.basename(readlinkSync('/proc/thread-self'))) : 0;
}

/**
 * How much CPU time a thread has taken, in milliseconds. A thread does not answer `cpuUsage` during a long garbage
 * collection (one took 2.6 seconds too long), so Linux is asked where possible.
 *
 * @param id what `systemThreadId` returned in that thread
 */
export async function cpuTime(worker: Worker, id: number): Promise<number> {
  const counted = id > 0 ? schedulerTime(id) : undefined;
  if (counted !== undefined) return counted;
  const { user, system } = await worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
  return (user + system) / 1000;
}

/** The first number of `schedstat` is the time on a CPU in nanoseconds. A thread that has ended, and a kernel built without it, have no such file. */
function schedulerTime(id: number): number | undefined {
  try {
    return Number.parseInt(readFileSync(`/proc/self/task/${id}/schedstat`, 'utf8'), 10) / 1e6;
  } catch {
    return undefined;
  }
}

/** Whether a thread ended because it exceeded its memory limit. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
