import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import { signIn as beginSession } from '../../storage/newsroom/sign-in.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, AdminRequest, AdminRoute, OpenRequest } from '../action.ts';
import { beginSecondStep } from '../second-factor/second-step.ts';
import { checkPassword } from './check-password.ts';
import { completeSignIn } from './complete-sign-in.ts';
import { nextPath, pageOf } from './next-path.ts';
import { comesBack } from './pending-form.ts';
import { refusal } from './refusal.ts';
import { showSignIn } from './sign-in-form.ts';

export async function signInPage(context: Context, { editor, query, messages }: OpenRequest): Promise<ActionResult> {
  const next = nextPath(query['next']);
  return editor ? { seeOther: next } : showSignIn(context, messages, { email: '', next, ...(query['done'] === 'sign-out' ? { signedOut: 'on purpose' } : {}) });
}

/** Signs in and opens the requested page, or submits or shows the pending form. An account with a second factor has to show it first. */
export async function signIn(context: Context, request: OpenRequest): Promise<ActionResult> {
  const { email = '', password = '', next: wanted, ...pendingForm } = request.form;
  const next = nextPath(wanted);
  const showAgain = (problem: Message): Promise<ActionResult> => showSignIn(context, request.messages, { email, next, pendingForm, problem });

  const result = await checkPassword(context, { email, ipAddress: request.ipAddress, deviceCookie: request.device }, password, request.now);
  if ('problem' in result) return refusal(await showAgain(result.problem), result.retryAfterSeconds);
  const begun = await beginSession(context.db, result.account, result.attempt, request.userAgent, request.now);
  if (!begun) return refusal(await showAgain({ key: 'accounts.accountChanged' }), 0);
  if ('secondStep' in begun) return beginSecondStep(context, request, result.account, { token: begun.secondStep, next, pendingForm });
  return completeSignIn(context, request, result.account, { session: begun.session, next, pendingForm });
}

/** Responds to a request without a session. A posted text has already been stored for its owner, or the sign-in form includes the text. */
export async function requireSignIn(context: Context, request: AdminRequest, route: AdminRoute, ownerOfStoredText?: { email: string }): Promise<ActionResult> {
  const { path, messages } = request;
  if (request.isFromScript) return { status: 401, json: { problem: 'signed out', signIn: withQuery(admin.signIn, { next: pageOf(path) }), isStored: ownerOfStoredText !== undefined } };
  if (route.method === 'get') return { seeOther: withQuery(admin.signIn, { next: withQuery(path, request.query) }) };
  const hasText = ('textAction' in route || comesBack(path)) && Object.keys(request.form).length > 0;
  if (ownerOfStoredText) return { ...(await showSignIn(context, messages, { email: ownerOfStoredText.email, next: withQuery(pageOf(path), { done: 'sign-in' }), signedOut: 'saved' })), status: 401 };
  if (!hasText) return { ...(await showSignIn(context, messages, { email: '', next: pageOf(path), signedOut: 'unchanged' })), status: 401 };
  return { ...(await showSignIn(context, messages, { email: '', next: path, pendingForm: request.form, signedOut: 'pending' })), status: 401 };
}
