import { passwordProblem } from '../../content/accounts/password.ts';
import type { Context } from '../../context.ts';
import { changePassword as storePassword } from '../../storage/newsroom/sign-in.ts';
import { admin, withQuery } from '../../urls.ts';
import type { Answer, EditorRequest } from '../answer.ts';
import { showAccount, type AccountProblem } from './account.ts';
import { deviceCookie } from './device.ts';
import { hashPassword } from './password.ts';
import { tryPassword } from './try-password.ts';

/** Changes the editor's password, if they know the current one, and ends their other sessions. */
export async function changePassword(context: Context, request: EditorRequest): Promise<Answer> {
  const { editor, sessionId, address, device, form, now } = request;
  const { current = '', password = '' } = form;
  const refuse = (field: AccountProblem['field'], problem: AccountProblem['problem']) => showAccount(context, request, [{ field, problem }]);
  // These checks come first because they do not count as an attempt.
  if (current === '') return refuse('current', { key: 'accounts.currentPasswordMissing' });
  const problem = passwordProblem(password);
  if (problem !== undefined) return refuse('password', problem);

  const tried = await tryPassword(context, { email: editor.email, address, cookie: device }, current, now);
  if ('problem' in tried) {
    if (tried.wait === 0) return refuse('current', { key: 'accounts.currentPasswordWrong' });
    return { ...(await refuse('current', tried.problem)), status: 429, headers: { 'Retry-After': String(tried.wait) } };
  }
  const passwordHash = await hashPassword(context.hashQueue, password);
  const isDone = await storePassword(context.db, tried.account, passwordHash, { sessionId, attempt: tried.attempt }, now);
  if (!isDone) return refuse('current', { key: 'accounts.yourAccountChanged' });
  return { seeOther: withQuery(admin.account, { changed: 'password' }), device: await deviceCookie(context, { ...tried.account, passwordHash }, device) };
}
