import { readId } from '../../content/articles/id.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { signOut, signOutEverywhere } from '../../storage/newsroom/sign-in.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';

/** Ends the session with the posted `id`, or all of the editor's sessions if there is none. */
export async function endSessions({ db }: Context, { editor, sessionId, form, now }: EditorRequest): Promise<ActionResult> {
  const { id } = form;
  if (id === undefined) {
    await signOutEverywhere(db, editor, now);
    return { seeOther: withQuery(admin.signIn, { done: 'sign-out' }), session: null };
  }
  const ended = readId(id);
  if (ended === undefined) throw new RequestError(400, 'errors.noSession');
  await signOut(db, editor, ended, now);
  return ended === sessionId ? { seeOther: withQuery(admin.signIn, { done: 'sign-out' }), session: null } : { seeOther: admin.account };
}
