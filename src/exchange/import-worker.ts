import { parentPort, workerData } from 'node:worker_threads';
import { systemThreadId } from '../rendering/limits.ts';
import type { Chunk } from './article-files.ts';
import { batchReader, type ImportedSite, type ImportStep, type PictureIds } from './import-batch.ts';

export interface ImportThreadData {
  site: ImportedSite;
  /** Set by the thread: the number of articles rendered in this batch, the number of steps in total, and its `systemThreadId`. */
  progress: Int32Array;
}

/** The thread sends one `BatchResult` per request, in order. */
export interface ImportRequest {
  step: ImportStep;
  chunks: Chunk[];
  pictures: PictureIds;
  plain: number[];
}

const { site, progress }: ImportThreadData = workerData;
Atomics.store(progress, 2, systemThreadId());
const read = batchReader(site, (count) => {
  Atomics.store(progress, 0, count);
  Atomics.add(progress, 1, 1);
});

parentPort?.on('message', ({ step, chunks, pictures, plain }: ImportRequest) => {
  parentPort?.postMessage(read(step, chunks, pictures, new Set(plain)), []);
});
