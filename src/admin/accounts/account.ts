import { browserName } from '../../content/accounts/browser.ts';
import { passwordLimits } from '../../content/accounts/password.ts';
import type { Role } from '../../content/accounts/permissions.ts';
import type { Context } from '../../context.ts';
import type { Message, MessageKey } from '../../messages/catalogue.ts';
import type { Messages } from '../../messages/messages.ts';
import { listSessions, type ListedSession } from '../../storage/newsroom/sessions.ts';
import { admin } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import type { TimeFormats } from '../time-formats.ts';

export interface AccountProblem {
  field: 'current' | 'password';
  problem: Message;
}

export const roleNames = { administrator: 'accounts.administrator', editor: 'accounts.editor', contributor: 'accounts.contributor' } as const satisfies Record<Role, MessageKey>;

export async function accountPage(context: Context, request: EditorRequest): Promise<ActionResult> {
  return showAccount(context, request, []);
}

export async function showAccount({ db }: Context, { editor, sessionId, query, now, messages, times }: EditorRequest, problems: AccountProblem[]): Promise<ActionResult> {
  const sessions = await listSessions(db, editor.id, now);
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
      isChanged: query['changed'] === 'password' && problems.length === 0,
      passwordPath: admin.password,
      sessionsPath: admin.sessions,
      sessions: sessions.map((session) => showSession(session, sessionId, messages, times)),
    },
  };
}

function showSession({ id, userAgent, createdAt, seenAt }: ListedSession, current: number, messages: Messages, times: TimeFormats) {
  return { id, browser: showBrowser(userAgent, messages), userAgent, since: times.date(createdAt), seen: times.date(seenAt), isThis: id === current };
}

function showBrowser(userAgent: string, messages: Messages): string {
  const { browser, system } = browserName(userAgent);
  if (browser === undefined) return messages.text('accounts.unknownBrowser');
  return system === undefined ? browser : messages.text('accounts.browserOnSystem', { browser, system });
}
