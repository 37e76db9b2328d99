import { readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import type { Worker } from 'node:worker_threads';

export const limits = { cpuMs: 2000, elapsedMs: 20_000 };

export const tooSlowMessage = 'The formatting takes too long to process, so readers see the Markdown text in plain paragraphs. Simplify the formatting.';

/** The kernel's id of the calling thread, or 0 on other systems than Linux. */
export function systemThreadId(): number {
  return process.platform === 'linux' ? Number(path.basename(readlinkSync('/proc/thread-self'))) : 0;
}

/** In milliseconds. Prefers /proc, because Node's `cpuUsage` waits while the thread collects garbage (2.6 seconds in one case). */
export async function cpuTime(worker: Worker, id: number): Promise<number> {
  const schedulerTime = id > 0 ? readSchedulerTime(id) : undefined;
  if (schedulerTime !== undefined) return schedulerTime;
  const { user, system } = await worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
  return (user + system) / 1000;
}

/** The first number of `schedstat` is the CPU time in nanoseconds. The file is missing if the thread has ended, and on kernels built without CONFIG_SCHED_INFO. */
function readSchedulerTime(id: number): number | undefined {
  try {
    return Number.parseInt(readFileSync(`/proc/self/task/${id}/schedstat`, 'utf8'), 10) / 1e6;
  } catch {
    return undefined;
  }
}

export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
