import { readId } from '../content/articles/id.ts';
import { parseTitle } from '../content/articles/title.ts';
import type { Context } from '../context.ts';
import { listAuditLog, type AuditAction, type AuditRow } from '../storage/newsroom/audit-log.ts';
import { admin, withQuery } from '../urls.ts';
import type { Answer, EditorRequest } from './answer.ts';
import type { ShownTimes } from './shown-times.ts';

const pageLength = 100;

/** `/admin/audit-log`: who did what, the newest first. */
export async function auditLogPage({ db }: Context, { query, times }: EditorRequest): Promise<Answer> {
  const { before = '' } = query;
  const rows = await listAuditLog(db, { before: readId(before), limit: pageLength + 1 });
  const shown = rows.slice(0, pageLength);
  const older = rows.length > pageLength ? shown.at(-1)?.id : undefined;
  return {
    view: 'audit-log',
    data: {
      title: 'Audit log',
      place: 'audit-log',
      entries: shown.map((row) => showEntry(row, times)),
      newest: before === '' ? undefined : admin.auditLog,
      older: older && withQuery(admin.auditLog, { before: String(older) }),
    },
  };
}

const words: Record<AuditAction, string> = {
  'set-up': 'Set up their account',
  'sign-in': 'Signed in',
  'sign-in-failed': 'Failed to sign in',
  'sign-out': 'Signed out',
  'sign-out-everywhere': 'Signed out everywhere',
  password: 'Changed their password',
  'editor-added': 'Added an editor',
  'editor-role': 'Changed an editor’s role',
  'editor-disabled': 'Disabled an editor',
  'editor-enabled': 'Enabled an editor',
  'password-reset': 'Reset an editor’s password',
  draft: 'Saved a draft',
  submission: 'Submitted for review',
  publication: 'Published',
  schedule: 'Scheduled',
  update: 'Updated',
  'minor update': 'Made a minor update',
  recall: 'Recalled to draft',
  withdrawal: 'Withdrew',
  reinstatement: 'Reinstated',
  deletion: 'Deleted',
  restoration: 'Restored a revision',
  preview: 'Made a preview link',
};

function showEntry({ at, editor, action, article, detail }: AuditRow, times: ShownTimes) {
  return {
    date: times.date(at),
    who: editor ?? (action === 'sign-in-failed' ? 'Somebody' : 'The command line'),
    what: Object.entries(words).find(([name]) => name === action)?.[1] ?? action,
    article: article && showArticle(article),
    detail,
  };
}

function showArticle({ id, title }: NonNullable<AuditRow['article']>) {
  return title === null ? { name: `Article ${id}, deleted` } : { name: parseTitle(title).text || `Article ${id}, untitled`, href: admin.article(id) };
}
