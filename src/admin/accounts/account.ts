import { browserName } from '../../content/accounts/browser.ts';
import { passwordLimits } from '../../content/accounts/password.ts';
import type { Context } from '../../context.ts';
import { listSessions, type ListedSession } from '../../storage/newsroom/sessions.ts';
import { admin } from '../../urls.ts';
import type { Answer, EditorRequest } from '../answer.ts';
import type { ShownTimes } from '../shown-times.ts';

/** A fault of the form with which an editor changes their password. */
export interface PasswordProblem {
  field: 'current' | 'password';
  message: string;
}

/** `/admin/account`: who one is here, one's password, and where one is signed in. */
export async function accountPage(context: Context, request: EditorRequest): Promise<Answer> {
  return showAccount(context, request, []);
}

export async function showAccount({ db }: Context, { editor, sessionId, query, now, times }: EditorRequest, problems: PasswordProblem[]): Promise<Answer> {
  const sessions = await listSessions(db, editor.id, now);
  return {
    status: problems.length > 0 ? 422 : 200,
    view: 'accounts/account',
    data: {
      title: 'Your account',
      place: 'account',
      editor,
      least: passwordLimits.least,
      problems,
      isChanged: query['changed'] === 'password' && problems.length === 0,
      passwordPath: admin.password,
      sessionsPath: admin.sessions,
      sessions: sessions.map((session) => showSession(session, sessionId, times)),
    },
  };
}

function showSession({ id, userAgent, createdAt, seenAt }: ListedSession, current: number, times: ShownTimes) {
  return { id, browser: browserName(userAgent), userAgent, since: times.date(createdAt), seen: times.date(seenAt), isThis: id === current };
}
