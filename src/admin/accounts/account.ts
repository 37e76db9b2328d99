import { passwordLimits } from '../../content/accounts/password.ts';
import type { Role } from '../../content/accounts/permissions.ts';
import type { Context } from '../../context.ts';
import type { Message, MessageKey } from '../../messages/catalogue.ts';
import type { Messages } from '../../messages/messages.ts';
import { listSessions, type ListedSession } from '../../storage/newsroom/sessions.ts';
import { admin } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { showSecondFactor } from '../second-factor/summary.ts';
import type { TimeFormats } from '../time-formats.ts';
import { showBrowser } from './browser.ts';

export interface AccountProblem {
  field: 'current' | 'password';
  problem: Message;
}

export const roleNames = { administrator: 'accounts.administrator', editor: 'accounts.editor', contributor: 'accounts.contributor' } as const satisfies Record<Role, MessageKey>;

export async function accountPage(context: Context, request: EditorRequest): Promise<ActionResult> {
  return showAccount(context, request, []);
}

/** What the page says after a change, by the parameter `changed`. */
const notices: Record<string, MessageKey> = {
  password: 'accounts.passwordChanged',
  totp: 'newsroomSecondFactor.totpIsSetUp',
  'totp-removal': 'newsroomSecondFactor.totpRemoved',
  passkey: 'newsroomSecondFactor.passkeyAdded',
  'passkey-removal': 'newsroomSecondFactor.passkeyRemoved',
};

export async function showAccount(context: Context, request: EditorRequest, problems: AccountProblem[]): Promise<ActionResult> {
  const { editor, sessionId, query, now, messages, times } = request;
  const sessions = await listSessions(context.db, editor.id, now);
  const { changed = '' } = query;
  const notice = problems.length === 0 && Object.hasOwn(notices, changed) ? notices[changed] : undefined;
  return {
    status: problems.length > 0 ? 422 : 200,
    view: 'accounts/account',
    data: {
      title: messages.text('accounts.yourAccount'),
      section: 'account',
      editor,
      role: messages.text(roleNames[editor.role]),
      minLength: passwordLimits.min,
      problems: problems.map(({ field, problem }) => ({ field, message: messages.of(problem) })),
      notice: notice && messages.of({ key: notice }),
      secondFactor: await showSecondFactor(context, request),
      passwordPath: admin.password,
      sessionsPath: admin.sessions,
      sessions: sessions.map((session) => showSession(session, sessionId, messages, times)),
    },
  };
}

function showSession({ id, userAgent, createdAt, seenAt }: ListedSession, current: number, messages: Messages, times: TimeFormats) {
  return { id, browser: showBrowser(userAgent, messages), userAgent, since: times.date(createdAt), seen: times.date(seenAt), isThis: id === current };
}
