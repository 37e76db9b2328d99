import type { Context } from '../../context.ts';
import { signIn as beginSession } from '../../storage/newsroom/sign-in.ts';
import { admin, withQuery } from '../../urls.ts';
import type { AdminRequest, AdminRoute, Answer, OpenRequest } from '../answer.ts';
import { takeCarried } from '../saving/keep-text.ts';
import { deviceCookie } from './device.ts';
import { nextPath, pageOf } from './next-path.ts';
import { showSignIn } from './sign-in-form.ts';
import { tryPassword } from './try-password.ts';

/** The page with the sign-in form. */
export async function signInPage(context: Context, { editor, query }: OpenRequest): Promise<Answer> {
  const next = nextPath(query['next']);
  return editor ? { seeOther: next } : showSignIn(context, { email: '', next });
}

/** Signs in, and goes on where somebody was on the way to, with what they had typed. */
export async function signIn(context: Context, request: OpenRequest): Promise<Answer> {
  const { email = '', password = '', next: wanted, ...carried } = request.form;
  const next = nextPath(wanted);
  const again = (problem: string): Promise<Answer> => showSignIn(context, { email, next, carried, problem });

  const tried = await tryPassword(context, { email, address: request.address, cookie: request.device }, password, request.now);
  if ('problem' in tried) return refusal(await again(tried.problem), tried.wait);
  const session = await beginSession(context.db, tried.account, tried.attempt, request.userAgent, request.now);
  if (!session) return refusal(await again('This account has just changed. Try again.'), 0);

  const device = await deviceCookie(context, tried.account, request.device);
  const hasCarried = Object.keys(carried).length > 0;
  const asked = { ...request, form: carried, editor: tried.account, sessionId: 0 };
  return hasCarried ? { ...(await takeCarried(context, asked, next)), session, device } : { seeOther: next, session, device };
}

/**
 * What somebody gets who is not signed in, or no more. A text that they posted is not lost: it is kept already, or
 * comes along with the form.
 *
 * @param kept whose text it is, where it is kept
 */
export async function signInFirst(context: Context, request: AdminRequest, route: AdminRoute, kept?: { email: string }): Promise<Answer> {
  const { path } = request;
  if (request.isScripted) return { status: 401, json: { problem: 'signed out', signIn: withQuery(admin.signIn, { next: pageOf(path) }), isKept: kept !== undefined } };
  if (route.method === 'get') return { seeOther: withQuery(admin.signIn, { next: withQuery(path, request.query) }) };
  const brings = 'textAction' in route && Object.keys(request.form).length > 0;
  if (!brings || kept) return { ...(await showSignIn(context, { email: kept?.email ?? '', next: pageOf(path), signedOut: kept ? 'kept' : 'nothing lost' })), status: 401 };
  return { ...(await showSignIn(context, { email: '', next: path, carried: request.form, signedOut: 'carried' })), status: 401 };
}

function refusal(page: Answer, wait: number): Answer {
  return wait > 0 ? { ...page, status: 429, headers: { 'Retry-After': String(wait) } } : { ...page, status: 422 };
}
