import type { Worker } from 'node:worker_threads';

/** How long one body may take, in milliseconds of its thread's CPU time; and on the clock, however busy the machine is. */
export const limits = { cpu: 2000, clock: 20_000 };

/** What a command says of a text that passed a limit. */
export const takesTooLong = 'the formatting takes too long to process, so readers see the text as it was typed, in plain paragraphs.';

/** How much CPU time a thread has taken, in milliseconds. */
export async function cpuTime(worker: Worker): Promise<number> {
  const { user, system } = await worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
  return (user + system) / 1000;
}

/** Whether a thread ended because it needed more memory than its limit. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
