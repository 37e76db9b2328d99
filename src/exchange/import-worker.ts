import { parentPort, workerData } from 'node:worker_threads';
import { systemThreadId } from '../rendering/limits.ts';
import type { Piece } from './article-files.ts';
import { batchReader, type ImportedSite, type ImportStep } from './import-batch.ts';

export interface ImportThreadData {
  site: ImportedSite;
  /** Where the thread says how many articles of a batch it has rendered, how many steps it has taken in all, and its `systemThreadId`. */
  progress: Int32Array;
}

/** What a thread of an import is asked. It answers each question with a `BatchResult`, in order. */
export interface ImportQuestion {
  step: ImportStep;
  pieces: Piece[];
  /** The articles of the batch, counted from 0, whose bodies are not to be rendered: they took too long. */
  plain: number[];
}

const { site, progress }: ImportThreadData = workerData;
Atomics.store(progress, 2, systemThreadId());
const read = batchReader(site, (count) => {
  Atomics.store(progress, 0, count);
  Atomics.add(progress, 1, 1);
});

parentPort?.on('message', ({ step, pieces, plain }: ImportQuestion) => {
  parentPort?.postMessage(read(step, pieces, new Set(plain)), []);
});
