import { passwordProblem } from '../../content/accounts/password.ts';
import type { Context } from '../../context.ts';
import { changePassword as storePassword } from '../../storage/newsroom/sign-in.ts';
import { admin, withQuery } from '../../urls.ts';
import type { Answer, EditorRequest } from '../answer.ts';
import { showAccount, type PasswordProblem } from './account.ts';
import { deviceCookie } from './device.ts';
import { hashPassword } from './password.ts';
import { tryPassword } from './try-password.ts';

/** Changes the password of whoever is signed in and knows the current one. Their other sessions end. */
export async function changePassword(context: Context, request: EditorRequest): Promise<Answer> {
  const { editor, sessionId, address, device, form, now } = request;
  const { current = '', password = '' } = form;
  const again = (problem: PasswordProblem) => showAccount(context, request, [problem]);
  // First what costs no attempt.
  if (current === '') return again({ field: 'current', message: 'Type your current password.' });
  const problem = passwordProblem(password);
  if (problem !== undefined) return again({ field: 'password', message: problem });

  const tried = await tryPassword(context, { email: editor.email, address, cookie: device }, current, now);
  if ('problem' in tried) {
    if (tried.wait === 0) return again({ field: 'current', message: 'This is not your current password.' });
    return { ...(await again({ field: 'current', message: tried.problem })), status: 429, headers: { 'Retry-After': String(tried.wait) } };
  }
  const passwordHash = await hashPassword(context.hashQueue, password);
  const isDone = await storePassword(context.db, tried.account, passwordHash, { sessionId, attempt: tried.attempt }, now);
  if (!isDone) return again({ field: 'current', message: 'Your account has just changed. Try again.' });
  return { seeOther: withQuery(admin.account, { changed: 'password' }), device: await deviceCookie(context, { ...tried.account, passwordHash }, device) };
}
