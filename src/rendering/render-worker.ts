import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { plainBody, renderBody, type StoredBody } from '../content/markdown/body-renderer.ts';
import type { MarkdownOptions } from '../content/markdown/markdown.ts';
import { systemThreadId } from './limits.ts';

/** May be sent to a rendering thread once the thread has sent `ready`. */
export interface RenderRequest {
  markdown: string;
  options: MarkdownOptions;
  isPlain: boolean;
}

/** `ready` is the thread's `systemThreadId`. */
export type RenderResponse = { ready: number } | { body: StoredBody } | { error: unknown };

lowerPriority();
parentPort?.on('message', (request: RenderRequest) => respond(render(request)));
respond({ ready: systemThreadId() });

function render({ markdown, options, isPlain }: RenderRequest): RenderResponse {
  try {
    return { body: isPlain ? plainBody(markdown, options) : renderBody(markdown, options) };
  } catch (error) {
    return { error };
  }
}

function respond(message: RenderResponse): void {
  parentPort?.postMessage(message, []);
}

/** Readers' requests come first. On Linux priorities are per thread, and pid 0 means the calling thread. */
function lowerPriority(): void {
  if (process.platform === 'linux') setPriority(0, 10);
}
