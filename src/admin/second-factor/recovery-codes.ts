import { showRecoveryCode } from '../../content/accounts/typed-code.ts';
import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import { codesPerAccount, replaceRecoveryCodes } from '../../storage/second-factor/recovery-codes.ts';
import { findSecondFactor, hasSecondFactor } from '../../storage/second-factor/second-factor.ts';
import { admin } from '../../urls.ts';
import { confirmPassword } from '../accounts/confirm-password.ts';
import { refusal } from '../accounts/refusal.ts';
import type { ActionResult, EditorRequest } from '../action.ts';

export async function recoveryCodesForm(context: Context, request: EditorRequest): Promise<ActionResult> {
  return (await hasSecondFactor(context.db.reader, request.editor.id)) ? showForm(context, request) : { seeOther: admin.account };
}

/** Makes new codes in place of the old ones. */
export async function recoveryCodes(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { editor, sessionId, now } = request;
  if (!(await hasSecondFactor(context.db.reader, editor.id))) return { seeOther: admin.account };
  const confirmed = await confirmPassword(context, request);
  if ('problem' in confirmed) return refusal(await showForm(context, request, confirmed.problem), confirmed.retryAfterSeconds);
  return showRecoveryCodes(request, await replaceRecoveryCodes(context.db, { editorId: editor.id, sessionId, attempt: confirmed.attempt }, now), admin.account);
}

/** The only page that shows the codes. It answers the request that made them, and leads on to `next`. */
export function showRecoveryCodes({ messages }: EditorRequest, codes: string[], next: string): ActionResult {
  const shown = codes.map(showRecoveryCode);
  return { view: 'second-factor/codes', data: { title: messages.text('newsroomSecondFactor.yourCodes'), section: 'account', codes: shown.join('\n'), count: shown.length, next } };
}

async function showForm({ db }: Context, { editor, messages }: EditorRequest, problem?: Message): Promise<ActionResult> {
  const { recoveryCodes: left } = await findSecondFactor(db.reader, editor.id);
  return {
    view: 'second-factor/confirm',
    data: {
      title: messages.text('newsroomSecondFactor.newCodes'),
      section: 'account',
      editor,
      action: admin.recoveryCodes,
      what: messages.text('newsroomSecondFactor.newCodesWhat', { count: left, new: codesPerAccount }),
      button: messages.text('newsroomSecondFactor.makeCodes'),
      problems: problem ? [{ field: 'password', message: messages.of(problem) }] : [],
    },
  };
}
