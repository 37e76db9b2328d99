import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import type { Attempt } from '../../storage/newsroom/sign-in-failures.ts';
import type { EditorRequest } from '../action.ts';
import { checkPassword } from './check-password.ts';

/** Checks the password that an editor typed into the field `password` to confirm an action. Guesses are limited as those of sign-ins are. */
export async function confirmPassword(context: Context, { editor, ipAddress, device, form, now }: EditorRequest): Promise<{ attempt: Attempt } | { problem: Message; retryAfterSeconds: number }> {
  const { password = '' } = form;
  if (password === '') return { problem: { key: 'accounts.currentPasswordMissing' }, retryAfterSeconds: 0 };
  const result = await checkPassword(context, { email: editor.email, ipAddress, deviceCookie: device }, password, now);
  if (!('problem' in result)) return { attempt: result.attempt };
  return result.retryAfterSeconds === 0 ? { problem: { key: 'accounts.currentPasswordWrong' }, retryAfterSeconds: 0 } : result;
}
