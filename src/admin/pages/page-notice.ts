import type { MessageKey } from '../../messages/catalogue.ts';
import type { Messages } from '../../messages/messages.ts';

const texts = {
  creation: 'newsroomPages.afterCreation',
  text: 'newsroomPages.afterSaving',
  restoration: 'newsroomPages.afterRestoration',
  order: 'newsroomPages.afterMove',
  deletion: 'newsroomPages.afterDeletion',
} as const satisfies Record<string, MessageKey>;

/** The notice on the page to which an action redirects with `?done=`. */
export function pageNotice({ text }: Messages, done: string | undefined): string | undefined {
  return isDone(done) ? text(texts[done]) : undefined;
}

function isDone(done: string | undefined): done is keyof typeof texts {
  return done !== undefined && Object.hasOwn(texts, done);
}
