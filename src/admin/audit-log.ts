import { roles } from '../content/accounts/permissions.ts';
import { readId } from '../content/articles/id.ts';
import { parseTitle } from '../content/articles/title.ts';
import type { Context } from '../context.ts';
import type { MessageKey } from '../messages/catalogue.ts';
import { listAuditLog, type AuditAction, type AuditRow } from '../storage/newsroom/audit-log.ts';
import { admin, withQuery } from '../urls.ts';
import { roleNames } from './accounts/account.ts';
import type { ActionResult, EditorRequest } from './action.ts';
import { pictureName } from './pictures/shown-picture.ts';
import { showSettingsChange } from './settings/shown-settings.ts';

const pageLength = 100;

export async function auditLogPage({ db }: Context, request: EditorRequest): Promise<ActionResult> {
  const { before = '' } = request.query;
  const rows = await listAuditLog(db, { before: readId(before), limit: pageLength + 1 });
  const shown = rows.slice(0, pageLength);
  const older = rows.length > pageLength ? shown.at(-1)?.id : undefined;
  return {
    view: 'audit-log',
    data: {
      title: request.messages.text('auditLog.title'),
      section: 'audit-log',
      entries: shown.map((row) => showEntry(row, request)),
      newest: before === '' ? undefined : admin.auditLog,
      older: older && withQuery(admin.auditLog, { before: String(older) }),
    },
  };
}

const actions = {
  'set-up': 'auditLog.setUp',
  'sign-in': 'auditLog.signIn',
  'sign-in-failed': 'auditLog.signInFailed',
  'sign-out': 'auditLog.signOut',
  'sign-out-everywhere': 'auditLog.signOutEverywhere',
  password: 'auditLog.password',
  'editor-added': 'auditLog.editorAdded',
  'editor-role': 'auditLog.editorRole',
  'editor-disabled': 'auditLog.editorDisabled',
  'editor-enabled': 'auditLog.editorEnabled',
  'password-reset': 'auditLog.passwordReset',
  'second-step-failed': 'auditLog.secondStepFailed',
  'totp-set-up': 'auditLog.totpSetUp',
  'totp-removal': 'auditLog.totpRemoval',
  'recovery-codes': 'auditLog.recoveryCodes',
  'recovery-code-used': 'auditLog.recoveryCodeUsed',
  'passkey-added': 'auditLog.passkeyAdded',
  'passkey-removal': 'auditLog.passkeyRemoval',
  'passkey-sign-in': 'auditLog.passkeySignIn',
  'second-factor-removal': 'auditLog.secondFactorRemoval',
  'editor-name': 'auditLog.editorName',
  'editor-email': 'auditLog.editorEmail',
  'editor-link': 'auditLog.editorLink',
  'editor-sign-out': 'auditLog.editorSignOut',
  'password-mail': 'auditLog.passwordMail',
  'password-by-mail': 'auditLog.passwordByMail',
  draft: 'auditLog.draft',
  submission: 'auditLog.submission',
  publication: 'auditLog.publication',
  schedule: 'auditLog.schedule',
  update: 'auditLog.update',
  'minor update': 'auditLog.minorUpdate',
  recall: 'auditLog.recall',
  withdrawal: 'auditLog.withdrawal',
  reinstatement: 'auditLog.reinstatement',
  correction: 'auditLog.correction',
  deletion: 'auditLog.deletion',
  restoration: 'auditLog.restoration',
  preview: 'auditLog.preview',
  'preview-end': 'auditLog.previewEnd',
  return: 'auditLog.return',
  'article-theme': 'auditLog.articleTheme',
  note: 'auditLog.note',
  'picture-upload': 'auditLog.pictureUpload',
  'picture-change': 'auditLog.pictureChange',
  'picture-deletion': 'auditLog.pictureDeletion',
  'storyline-move': 'auditLog.storylineMove',
  'storyline-begin': 'auditLog.storylineBegin',
  'storyline-join': 'auditLog.storylineJoin',
  'storyline-split': 'auditLog.storylineSplit',
  'storyline-name': 'auditLog.storylineName',
  'page-creation': 'auditLog.pageCreation',
  'page-change': 'auditLog.pageChange',
  'page-restoration': 'auditLog.pageRestoration',
  'page-order': 'auditLog.pageOrder',
  'page-deletion': 'auditLog.pageDeletion',
  settings: 'auditLog.settings',
  import: 'auditLog.import',
  'theme-addition': 'auditLog.themeAddition',
  'theme-change': 'auditLog.themeChange',
  'theme-place': 'auditLog.themePlace',
  'theme-deletion': 'auditLog.themeDeletion',
  'theme-merge': 'auditLog.themeMerge',
  'topic-merge': 'auditLog.topicMerge',
  'author-merge': 'auditLog.authorMerge',
  'related-pin': 'auditLog.relatedPin',
  'related-unpin': 'auditLog.relatedUnpin',
  'related-order': 'auditLog.relatedOrder',
  'related-hide': 'auditLog.relatedHide',
  'related-show': 'auditLog.relatedShow',
  'topic-rename': 'auditLog.topicRename',
  'topic-deletion': 'auditLog.topicDeletion',
  'topics-deletion': 'auditLog.topicsDeletion',
  'author-change': 'auditLog.authorChange',
} as const satisfies Record<AuditAction, MessageKey>;

/** By people who are not signed in. */
const anonymous = new Set(['sign-in-failed', 'second-step-failed', 'password-mail']);

function showEntry({ at, editor, action, article, picture, detail }: AuditRow, { messages, times }: EditorRequest) {
  return {
    date: times.date(at),
    who: editor ?? messages.text(anonymous.has(action) ? 'auditLog.unknownPerson' : 'auditLog.commandLine'),
    what: isKnown(action) ? messages.text(actions[action]) : action,
    subject: article ? showArticle(article, messages) : picture && showPicture(picture, messages),
    detail: showDetail(action, detail, messages),
  };
}

/** For accounts, storage writes `EMAIL, ROLE` or `EMAIL, ROLE → ROLE`; for a used recovery code, how many are left; for an import, how many articles; for the others, see the functions below. */
function showDetail(action: string, detail: string, messages: EditorRequest['messages']): string {
  const { text } = messages;
  if (action === 'recovery-code-used') return text('auditLog.codesLeft', { count: Number(detail) });
  if (action.startsWith('storyline-')) return showStorylineDetail(action, detail, messages);
  if (action === 'settings') return showSettingsChange(messages, detail);
  if (action === 'import') return text('auditLog.importedArticles', { count: Number(detail) });
  if (action === 'theme-place') return showThemePlace(detail, messages);
  return action === 'editor-added' || action === 'editor-role' ? showRole(detail, messages) : detail;
}

/** The role before the change is missing for new accounts. */
function showRole(detail: string, { text }: EditorRequest['messages']): string {
  const [, email = '', ...names] = /^(.*), (?:(\w+) → )?(\w+)$/.exec(detail) ?? [];
  const [before, role] = names.map((name) => roles.find((known) => known === name));
  if (role === undefined) return detail;
  return before === undefined ? text('auditLog.accountWithRole', { email, role: text(roleNames[role]) }) : text('auditLog.accountWithNewRole', { email, before: text(roleNames[before]), role: text(roleNames[role]) });
}

/** Storage writes the place first, then the name. */
function showThemePlace(detail: string, { text }: EditorRequest['messages']): string {
  const [, place = '', name = ''] = /^(\S+) (.*)$/.exec(detail) ?? [];
  if (place === 'hidden') return text('auditLog.themeHidden', { name });
  return place === 'automatic' ? text('auditLog.themeAutomatic', { name }) : text('auditLog.themePlaced', { name, place });
}

/** Storage writes the id of the storyline first, then a name or the id of another storyline. */
function showStorylineDetail(action: string, detail: string, { text }: EditorRequest['messages']): string {
  const [, id = '', rest = ''] = /^(\d+) ?(.*)$/.exec(detail) ?? [];
  if (action === 'storyline-move') return text('auditLog.storyline', { id });
  if (action === 'storyline-join') return text('auditLog.storylineJoined', { id, into: rest });
  if (action === 'storyline-split') return rest === '' ? text('auditLog.storylineSplitAlone', { from: id }) : text('auditLog.storylineSplitFrom', { id: rest, from: id });
  if (action === 'storyline-name') return rest === '' ? text('auditLog.storylineNameRemoved', { id }) : text('auditLog.storylineNamed', { id, name: rest });
  return detail;
}

function isKnown(action: string): action is AuditAction {
  return Object.hasOwn(actions, action);
}

function showArticle({ id, title }: NonNullable<AuditRow['article']>, { text }: EditorRequest['messages']) {
  if (title === null) return { name: text('auditLog.deletedArticle', { id }) };
  return { name: parseTitle(title).text || text('auditLog.untitledArticle', { id }), href: admin.article(id) };
}

function showPicture({ id, alt, fileName }: NonNullable<AuditRow['picture']>, messages: EditorRequest['messages']) {
  if (alt === null || fileName === null) return { name: messages.text('auditLog.deletedPicture', { id }) };
  return { name: pictureName(messages, { id, alt, fileName }), href: admin.picture(id) };
}
