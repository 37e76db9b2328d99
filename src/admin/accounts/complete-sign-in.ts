import type { Context } from '../../context.ts';
import type { Account } from '../../storage/newsroom/editors.ts';
import type { ActionResult, OpenRequest } from '../action.ts';
import { storePendingText } from '../saving/store-text.ts';
import { deviceCookie } from './device.ts';
import { showPendingForm } from './pending-form.ts';

export interface CompletedSignIn {
  session: string;
  next: string;
  pendingForm: Record<string, string>;
}

/** Answers the request that started a session: opens the requested page, or submits or shows the pending form. */
export async function completeSignIn(context: Context, request: OpenRequest, account: Account, { session, next, pendingForm }: CompletedSignIn): Promise<ActionResult> {
  const cookies = { session, device: await deviceCookie(context, account, request.device), ...(request.secondStep === '' ? {} : { secondStep: null }) };
  if (Object.keys(pendingForm).length === 0) return { seeOther: next, ...cookies };
  const editorRequest = { ...request, form: pendingForm, editor: account, sessionId: 0 };
  return { ...((await showPendingForm(context, editorRequest, next)) ?? (await storePendingText(context, editorRequest, next))), ...cookies };
}
