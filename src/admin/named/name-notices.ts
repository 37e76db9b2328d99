import type { MessageKey } from '../../messages/catalogue.ts';

/** What the pages about authors and topics say after an action. */
export const nameNotices = {
  save: 'newsroomNames.afterSaving',
  merge: 'newsroomNames.afterMerging',
  deletion: 'newsroomNames.afterDeletion',
} as const satisfies Record<string, MessageKey>;
