import type { MessageKey } from '../../messages/catalogue.ts';

/** What the pages about storylines say after an action. */
export const storylineNotices = {
  move: 'newsroomStorylines.afterMove',
  begin: 'newsroomStorylines.afterBeginning',
  keep: 'newsroomStorylines.afterKeeping',
  join: 'newsroomStorylines.afterJoin',
  split: 'newsroomStorylines.afterSplit',
  name: 'newsroomStorylines.afterName',
  joined: 'newsroomStorylines.wasJoined',
} as const satisfies Record<string, MessageKey>;
