import type { MessageKey } from '../../messages/catalogue.ts';

/** What the list and the form of the site's pages say after an action. */
export const pageNotices = {
  creation: 'newsroomPages.afterCreation',
  text: 'newsroomPages.afterSaving',
  restoration: 'newsroomPages.afterRestoration',
  order: 'newsroomPages.afterMove',
  deletion: 'newsroomPages.afterDeletion',
} as const satisfies Record<string, MessageKey>;
