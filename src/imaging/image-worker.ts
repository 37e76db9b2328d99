import { readdirSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import type { Rendition } from '../content/pictures/renditions.ts';
import type { Problem } from '../content/problem.ts';
import type { Master } from '../storage/pictures/save-picture.ts';
import type { EmbeddedTexts } from './embedded-texts.ts';
import { makeMaster } from './make-master.ts';
import { makeRendition } from './make-rendition.ts';
import { RefusedPicture } from './refused-picture.ts';

export type ImageRequest = { file: string } | { master: Uint8Array; rendition: Rendition };

export type ImageResponse = { master: Master & EmbeddedTexts } | { rendition: Buffer } | { refusal: Problem; cause: unknown } | { error: unknown };

lowerPriority();
preferAsVictim();
process.on('message', (request: ImageRequest) => void respond(request));
// The server has ended, or no longer needs this process.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// Ctrl+C in a terminal reaches this process too, but the server still finishes its requests.
process.on('SIGINT', () => {});

async function respond(request: ImageRequest): Promise<void> {
  const response = await answer(request).catch((error: unknown): ImageResponse => (error instanceof RefusedPicture ? { refusal: error.problem, cause: error.cause } : { error }));
  process.send?.(response);
}

async function answer(request: ImageRequest): Promise<ImageResponse> {
  if ('file' in request) return { master: await makeMaster(request.file) };
  return { rendition: await makeRendition(request.master, request.rendition) };
}

/** Readers' requests come first. On Linux each thread has a priority of its own, and later threads inherit it. */
function lowerPriority(): void {
  const threads = process.platform === 'linux' ? readdirSync('/proc/self/task').map(Number) : [process.pid];
  for (const thread of threads) {
    try {
      setPriority(thread, 10);
    } catch {
      // The thread has just ended.
    }
  }
}

/** If the memory runs out, the kernel ends this process before the server. An AVIF picture of 60 megapixels takes up to 1.6 GB, other formats at most 700 MB. */
function preferAsVictim(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '800');
  } catch {
    // Other systems than Linux, and containers that forbid it.
  }
}
