import type { Worker } from 'node:worker_threads';

/** The most that rendering one body may take: CPU time of its thread, and elapsed time. In milliseconds. */
export const limits = { cpu: 2000, clock: 20_000 };

/** The message of a command about a text that exceeded a limit. */
export const takesTooLong = 'the formatting takes too long to process, so readers see the text as it was typed, in plain paragraphs.';

/** How much CPU time a thread has taken, in milliseconds. */
export async function cpuTime(worker: Worker): Promise<number> {
  const { user, system } = await worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
  return (user + system) / 1000;
}

/** Whether a thread ended because it exceeded its memory limit. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
