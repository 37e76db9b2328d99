import { readId } from '../../content/articles/id.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { signOut, signOutEverywhere } from '../../storage/newsroom/sign-in.ts';
import { admin } from '../../urls.ts';
import type { Answer, EditorRequest } from '../answer.ts';

/** Ends the session that the field `id` names, or, without it, every session of whoever is signed in. */
export async function endSessions({ db }: Context, { editor, sessionId, form, now }: EditorRequest): Promise<Answer> {
  const { id } = form;
  if (id === undefined) {
    await signOutEverywhere(db, editor, now);
    return { seeOther: admin.signIn, session: null };
  }
  const ended = readId(id);
  if (ended === undefined) throw new RequestError(400, 'errors.noSession');
  await signOut(db, editor, ended, now);
  return ended === sessionId ? { seeOther: admin.signIn, session: null } : { seeOther: admin.account };
}
