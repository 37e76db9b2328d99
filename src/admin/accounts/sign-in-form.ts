import type { Context } from '../../context.ts';
import { hasAccount } from '../../storage/newsroom/editors.ts';
import type { Answer } from '../answer.ts';

/** What the sign-in form shows beside its two fields. */
export interface SignInForm {
  email: string;
  /** Where to go on. */
  next: string;
  /** Posted by somebody whose session was over: it comes along. */
  carried?: Record<string, string>;
  /** That a session was over, and what became of what was posted with it. */
  signedOut?: 'nothing lost' | 'kept' | 'carried';
  problem?: string;
}

/** The sign-in page. What was typed in an article stands open for reading and copying; the rest is carried unseen. */
export async function showSignIn({ db }: Context, { email, next, carried = {}, signedOut, problem }: SignInForm): Promise<Answer> {
  const { body = '', ...others } = carried;
  return {
    view: 'accounts/sign-in',
    data: {
      title: 'Sign in',
      email,
      next,
      body,
      carried: Object.entries(others).map(([name, value]) => ({ name, value })),
      signedOut,
      problems: problem === undefined ? [] : [{ field: 'email', message: problem }],
      isNew: !(await hasAccount(db.reader)),
    },
  };
}
