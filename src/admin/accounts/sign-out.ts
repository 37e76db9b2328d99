import type { Context } from '../../context.ts';
import { signOut as endSession } from '../../storage/newsroom/sign-in.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';

export async function signOut({ db }: Context, { editor, sessionId, now }: EditorRequest): Promise<ActionResult> {
  await endSession(db, editor, sessionId, now);
  return { seeOther: withQuery(admin.signIn, { done: 'sign-out' }), session: null };
}
