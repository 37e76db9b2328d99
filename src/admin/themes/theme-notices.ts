import type { MessageKey } from '../../messages/catalogue.ts';

/** What the pages about themes say after an action. */
export const themeNotices = {
  addition: 'newsroomThemes.afterAddition',
  details: 'newsroomNames.afterSaving',
  place: 'newsroomThemes.afterPlace',
  merge: 'newsroomNames.afterMerging',
  moving: 'newsroomThemes.afterMerging',
  deletion: 'newsroomNames.afterDeletion',
} as const satisfies Record<string, MessageKey>;
