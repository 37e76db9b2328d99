import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { plainBody, renderBody, type StoredBody } from '../content/markdown/body-renderer.ts';
import type { MarkdownOptions } from '../content/markdown/markdown.ts';
import { systemThreadId } from './limits.ts';

/** The message to a rendering thread. The first may be sent once the thread has answered `ready`. */
export interface RenderQuestion {
  markdown: string;
  options: MarkdownOptions;
  /** Whether the text is only to be put into paragraphs. */
  isPlain: boolean;
}

/** `ready` is the thread's `systemThreadId`. */
export type RenderAnswer = { ready: number } | { body: StoredBody } | { error: unknown };

yieldToReaders();
parentPort?.on('message', (question: RenderQuestion) => answer(render(question)));
answer({ ready: systemThreadId() });

function render({ markdown, options, isPlain }: RenderQuestion): RenderAnswer {
  try {
    return { body: isPlain ? plainBody(markdown, options) : renderBody(markdown, options) };
  } catch (error) {
    return { error };
  }
}

function answer(message: RenderAnswer): void {
  parentPort?.postMessage(message, []);
}

/** Linux gives each thread a priority of its own, and 0 is the calling one: readers' requests are answered first. */
function yieldToReaders(): void {
  if (process.platform === 'linux') setPriority(0, 10);
}
