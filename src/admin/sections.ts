import { isAllowed } from '../content/accounts/permissions.ts';
import type { Messages } from '../messages/messages.ts';
import type { Editor } from '../storage/newsroom/editors.ts';
import { admin } from '../urls.ts';

/** The sections of the newsroom that are about the site as a whole. */
export type SiteSection = 'themes' | 'topics' | 'authors' | 'pages' | 'settings' | 'editors' | 'audit-log';

/** The navigation between the sections that an editor may use. */
export function siteSections(editor: Editor, messages: Messages): { section: SiteSection; path: string; label: string }[] {
  const forEditors: { section: SiteSection; path: string; label: string }[] = [
    { section: 'themes', path: admin.themes, label: messages.text('newsroom.themes') },
    { section: 'topics', path: admin.topics, label: messages.text('newsroom.topics') },
    { section: 'authors', path: admin.authors, label: messages.text('newsroom.authors') },
    { section: 'pages', path: admin.pages, label: messages.text('newsroom.pages') },
  ];
  const forAdministrators: typeof forEditors = [
    { section: 'settings', path: admin.settings, label: messages.text('newsroom.settings') },
    { section: 'editors', path: admin.editors, label: messages.text('newsroom.editors') },
    { section: 'audit-log', path: admin.auditLog, label: messages.text('newsroom.auditLog') },
  ];
  return [...(isAllowed(editor, 'publish') ? forEditors : []), ...(isAllowed(editor, 'administer') ? forAdministrators : [])];
}
