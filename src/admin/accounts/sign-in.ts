import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import { signIn as beginSession } from '../../storage/newsroom/sign-in.ts';
import { admin, withQuery } from '../../urls.ts';
import type { AdminRequest, AdminRoute, Answer, OpenRequest } from '../answer.ts';
import { takeCarried } from '../saving/keep-text.ts';
import { deviceCookie } from './device.ts';
import { nextPath, pageOf } from './next-path.ts';
import { showSignIn } from './sign-in-form.ts';
import { tryPassword } from './try-password.ts';

/** The page with the sign-in form. */
export async function signInPage(context: Context, { editor, query, messages }: OpenRequest): Promise<Answer> {
  const next = nextPath(query['next']);
  return editor ? { seeOther: next } : showSignIn(context, messages, { email: '', next });
}

/** Signs in and goes on to the page that was asked for, with the form that was sent after the session had ended. */
export async function signIn(context: Context, request: OpenRequest): Promise<Answer> {
  const { email = '', password = '', next: wanted, ...carried } = request.form;
  const next = nextPath(wanted);
  const again = (problem: Message): Promise<Answer> => showSignIn(context, request.messages, { email, next, carried, problem });

  const tried = await tryPassword(context, { email, address: request.address, cookie: request.device }, password, request.now);
  if ('problem' in tried) return refusal(await again(tried.problem), tried.wait);
  const session = await beginSession(context.db, tried.account, tried.attempt, request.userAgent, request.now);
  if (!session) return refusal(await again({ key: 'accounts.accountChanged' }), 0);

  const device = await deviceCookie(context, tried.account, request.device);
  const hasCarried = Object.keys(carried).length > 0;
  const asked = { ...request, form: carried, editor: tried.account, sessionId: 0 };
  return hasCarried ? { ...(await takeCarried(context, asked, next)), session, device } : { seeOther: next, session, device };
}

/**
 * The answer to a request without a session. A text that was posted with it is not lost: it has been saved already, or
 * the sign-in form carries it.
 *
 * @param kept whose text it is, if it has been saved
 */
export async function signInFirst(context: Context, request: AdminRequest, route: AdminRoute, kept?: { email: string }): Promise<Answer> {
  const { path, messages } = request;
  if (request.isScripted) return { status: 401, json: { problem: 'signed out', signIn: withQuery(admin.signIn, { next: pageOf(path) }), isKept: kept !== undefined } };
  if (route.method === 'get') return { seeOther: withQuery(admin.signIn, { next: withQuery(path, request.query) }) };
  const hasText = 'textAction' in route && Object.keys(request.form).length > 0;
  if (!hasText || kept) return { ...(await showSignIn(context, messages, { email: kept?.email ?? '', next: pageOf(path), signedOut: kept ? 'saved' : 'unchanged' })), status: 401 };
  return { ...(await showSignIn(context, messages, { email: '', next: path, carried: request.form, signedOut: 'carried' })), status: 401 };
}

function refusal(page: Answer, wait: number): Answer {
  return wait > 0 ? { ...page, status: 429, headers: { 'Retry-After': String(wait) } } : { ...page, status: 422 };
}
