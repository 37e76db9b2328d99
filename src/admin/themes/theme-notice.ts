import type { MessageKey } from '../../messages/catalogue.ts';
import type { EditorRequest } from '../action.ts';

const texts = {
  addition: 'newsroomThemes.afterAddition',
  details: 'newsroomNames.afterSaving',
  place: 'newsroomThemes.afterPlace',
  merge: 'newsroomNames.afterMerging',
  deletion: 'newsroomNames.afterDeletion',
} as const satisfies Record<string, MessageKey>;

/** The notice on the page to which an action redirects with `?done=`. */
export function themeNotice({ messages, query }: EditorRequest): string | undefined {
  const done = Object.entries(texts).find(([name]) => name === query['done']);
  return done && messages.text(done[1]);
}
