import { browserName } from '../content/browser.ts';
import { showDate, type DateStyle } from '../content/dates.ts';
import { passwordLimits } from '../content/password.ts';
import type { Context } from '../context.ts';
import { listSessions, type ListedSession } from '../storage/sessions.ts';
import { admin } from '../urls.ts';
import { adminDates } from './admin-dates.ts';
import type { Action, Answer, EditorRequest } from './answer.ts';

/** A fault of the form with which an editor changes their password. */
export interface PasswordProblem {
  field: 'current' | 'password';
  message: string;
}

/** `/admin/account`: who one is here, one's password, and where one is signed in. */
export const accountPage: Action = (context, request) => showAccount(context, request, []);

export async function showAccount({ db }: Context, { editor, sessionId, query, now }: EditorRequest, problems: PasswordProblem[]): Promise<Answer> {
  const dates = await adminDates(db);
  const sessions = await listSessions(db, editor.id, now);
  return {
    status: problems.length > 0 ? 422 : 200,
    view: 'account',
    data: {
      title: 'Your account',
      place: 'account',
      editor,
      least: passwordLimits.least,
      problems,
      isChanged: query['changed'] === 'password' && problems.length === 0,
      passwordPath: admin.password,
      sessionsPath: admin.sessions,
      sessions: sessions.map((session) => showSession(session, sessionId, dates)),
    },
  };
}

function showSession({ id, userAgent, createdAt, seenAt }: ListedSession, current: number, dates: DateStyle) {
  return { id, browser: browserName(userAgent), userAgent, since: showDate(createdAt, dates), seen: showDate(seenAt, dates), isThis: id === current };
}
