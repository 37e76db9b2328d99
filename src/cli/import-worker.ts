import { parentPort, workerData } from 'node:worker_threads';
import type { Piece } from './article-files.ts';
import { batchReader, type ImportedSite, type ImportStep } from './import-batch.ts';

/** What a thread of an import is asked. It answers each question with a `BatchResult`, in order. */
export interface ImportQuestion {
  step: ImportStep;
  pieces: Piece[];
}

const site: ImportedSite = workerData;
const read = batchReader(site);

parentPort?.on('message', ({ step, pieces }: ImportQuestion) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows; a thread has no origin.
  parentPort?.postMessage(read(step, pieces));
});
