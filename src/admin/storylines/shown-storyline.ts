import type { Messages } from '../../messages/messages.ts';
import type { StorylineSummary } from '../../storage/storylines/edited-storylines.ts';
import { shownTitle } from '../articles/shown-title.ts';

/** The name of a storyline or, without one, the title of its newest published article. */
export function storylineTitle({ id, name, newest }: StorylineSummary, messages: Messages): string {
  return name || (newest ? shownTitle(newest.title, messages) : messages.text('newsroomStorylines.unnamed', { id }));
}
