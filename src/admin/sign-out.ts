import { signOut as endSession } from '../storage/sign-in.ts';
import { admin } from '../urls.ts';
import type { Action } from './answer.ts';

/** Ends this session. */
export const signOut: Action = async ({ db }, { editor, sessionId, now }) => {
  await endSession(db, editor, sessionId, now);
  return { seeOther: admin.signIn, session: null };
};
