import type { MessageKey } from '../../messages/catalogue.ts';
import type { Messages } from '../../messages/messages.ts';

const texts = {
  move: 'newsroomStorylines.afterMove',
  begin: 'newsroomStorylines.afterBeginning',
  join: 'newsroomStorylines.afterJoin',
  split: 'newsroomStorylines.afterSplit',
  name: 'newsroomStorylines.afterName',
  joined: 'newsroomStorylines.wasJoined',
} as const satisfies Record<string, MessageKey>;

/** The notice on the page to which an action redirects with `?done=`. */
export function storylineNotice({ text }: Messages, done: string | undefined): string | undefined {
  return isDone(done) ? text(texts[done]) : undefined;
}

function isDone(done: string | undefined): done is keyof typeof texts {
  return done !== undefined && Object.hasOwn(texts, done);
}
