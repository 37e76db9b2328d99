import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { plainBody, renderBody } from '../content/body-renderer.ts';
import type { MarkdownOptions } from '../content/markdown.ts';

/** What a rendering thread is asked. It answers each question with a `StoredBody`, and says `ready` before the first. */
export interface RenderQuestion {
  markdown: string;
  options: MarkdownOptions;
  /** Whether the text is only to be put into paragraphs. */
  isPlain: boolean;
}

yieldToReaders();
parentPort?.on('message', ({ markdown, options, isPlain }: RenderQuestion) => {
  answer(isPlain ? plainBody(markdown, options) : renderBody(markdown, options));
});
answer('ready');

function answer(message: object | string): void {
  parentPort?.postMessage(message, []);
}

/** Linux gives each thread a priority of its own, and 0 is the calling one: readers' requests are answered first. */
function yieldToReaders(): void {
  if (process.platform === 'linux') setPriority(0, 10);
}
