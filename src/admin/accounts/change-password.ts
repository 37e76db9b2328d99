import { passwordProblem } from '../../content/accounts/password.ts';
import type { Context } from '../../context.ts';
import { changePassword as storePassword } from '../../storage/newsroom/sign-in.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { showAccount, type AccountProblem } from './account.ts';
import { checkPassword } from './check-password.ts';
import { deviceCookie } from './device.ts';
import { hashPassword } from './password.ts';

/** Also ends the editor's other sessions. */
export async function changePassword(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { editor, sessionId, ipAddress, device, form, now } = request;
  const { current = '', password = '' } = form;
  const refuse = (field: AccountProblem['field'], problem: AccountProblem['problem']) => showAccount(context, request, [{ field, problem }]);
  // Problems found before the current password is checked do not count as failed attempts.
  if (current === '') return refuse('current', { key: 'accounts.currentPasswordMissing' });
  const problem = passwordProblem(password, editor.email);
  if (problem !== undefined) return refuse('password', problem);

  const result = await checkPassword(context, { email: editor.email, ipAddress, deviceCookie: device }, current, now);
  if ('problem' in result) {
    if (result.retryAfterSeconds === 0) return refuse('current', { key: 'accounts.currentPasswordWrong' });
    return { ...(await refuse('current', result.problem)), status: 429, headers: { 'Retry-After': String(result.retryAfterSeconds) } };
  }
  const passwordHash = await hashPassword(context.hashQueue, password);
  const isChanged = await storePassword(context.db, result.account, passwordHash, { sessionId, attempt: result.attempt }, now);
  if (!isChanged) return refuse('current', { key: 'accounts.yourAccountChanged' });
  return { seeOther: withQuery(admin.account, { changed: 'password' }), device: await deviceCookie(context, { ...result.account, passwordHash }, device) };
}
