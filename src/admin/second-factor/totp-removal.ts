import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import { removeTotp } from '../../storage/second-factor/totp.ts';
import { findSecondFactor } from '../../storage/second-factor/second-factor.ts';
import { admin, withQuery } from '../../urls.ts';
import { confirmPassword } from '../accounts/confirm-password.ts';
import { refusal } from '../accounts/refusal.ts';
import type { ActionResult, EditorRequest } from '../action.ts';

export async function totpRemovalForm({ db }: Context, request: EditorRequest): Promise<ActionResult> {
  const { totpSince } = await findSecondFactor(db.reader, request.editor.id);
  return totpSince === undefined ? { seeOther: admin.account } : showForm(request);
}

export async function totpRemoval(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { editor, sessionId, now } = request;
  const confirmed = await confirmPassword(context, request);
  if ('problem' in confirmed) return refusal(showForm(request, confirmed.problem), confirmed.retryAfterSeconds);
  await removeTotp(context.db, { editorId: editor.id, sessionId, attempt: confirmed.attempt }, now);
  return { seeOther: withQuery(admin.account, { changed: 'totp-removal' }) };
}

function showForm({ editor, messages }: EditorRequest, problem?: Message): ActionResult {
  return {
    view: 'second-factor/confirm',
    data: {
      title: messages.text('newsroomSecondFactor.turnOffTotp'),
      section: 'account',
      editor,
      action: admin.totpRemoval,
      what: messages.text('newsroomSecondFactor.turnOffTotpWhat'),
      button: messages.text('newsroomSecondFactor.turnOff'),
      problems: problem ? [{ field: 'password', message: messages.of(problem) }] : [],
    },
  };
}
