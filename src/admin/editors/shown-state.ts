import type { Messages } from '../../messages/messages.ts';
import type { ListedEditor } from '../../storage/newsroom/editors.ts';

export function showState({ state, linkExpiresAt }: ListedEditor, now: number, { text }: Messages): string {
  if (state === 'disabled') return text('newsroomEditors.disabled');
  if (state === 'active') return text('newsroomEditors.active');
  return text(linkExpiresAt !== null && linkExpiresAt > now ? 'newsroomEditors.invited' : 'newsroomEditors.invitedWithoutLink');
}
