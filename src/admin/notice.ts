import type { MessageKey } from '../messages/catalogue.ts';
import type { AdminRequest } from './action.ts';

/** The notice on the page to which an action redirects with `?done=NAME`; undefined if `texts` has no such name. */
export function noticeOf({ messages, query }: AdminRequest, texts: Record<string, MessageKey>): string | undefined {
  const done = Object.entries(texts).find(([name]) => name === query['done']);
  return done && messages.of({ key: done[1] });
}
