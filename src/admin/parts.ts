import { isAllowed } from '../content/accounts/permissions.ts';
import type { Messages } from '../messages/messages.ts';
import type { Editor } from '../storage/newsroom/editors.ts';
import { admin } from '../urls.ts';

/** The parts of the newsroom that are about the site as a whole. */
export type Part = 'themes' | 'topics' | 'authors' | 'pages' | 'settings' | 'editors' | 'audit-log';

/** The navigation between the parts that an editor may use. A page names its own part in `part`. */
export function partsFor(editor: Editor, messages: Messages): { part: Part; path: string; label: string }[] {
  const forEditors: { part: Part; path: string; label: string }[] = [
    { part: 'themes', path: admin.themes, label: messages.text('newsroom.themes') },
    { part: 'topics', path: admin.topics, label: messages.text('newsroom.topics') },
    { part: 'authors', path: admin.authors, label: messages.text('newsroom.authors') },
    { part: 'pages', path: admin.pages, label: messages.text('newsroom.pages') },
  ];
  const forAdministrators: typeof forEditors = [
    { part: 'settings', path: admin.settings, label: messages.text('newsroom.settings') },
    { part: 'editors', path: admin.editors, label: messages.text('newsroom.editors') },
    { part: 'audit-log', path: admin.auditLog, label: messages.text('newsroom.auditLog') },
  ];
  return [...(isAllowed(editor, 'publish') ? forEditors : []), ...(isAllowed(editor, 'administer') ? forAdministrators : [])];
}
