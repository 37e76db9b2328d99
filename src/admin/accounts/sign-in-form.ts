import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import type { Messages } from '../../messages/messages.ts';
import { hasAccount } from '../../storage/newsroom/editors.ts';
import type { Answer } from '../answer.ts';

/** What the sign-in form shows besides its two fields. */
export interface SignInForm {
  email: string;
  /** Where to go after signing in. */
  next: string;
  /** The form that somebody sent after their session had ended. It is sent again with the sign-in form. */
  carried?: Record<string, string>;
  /** Set if a session has ended: what happened to the form that was sent with it. */
  signedOut?: 'unchanged' | 'saved' | 'carried';
  problem?: Message;
}

/** The sign-in page. The body of a carried article is shown, so that it can be read and copied; the other fields are hidden. */
export async function showSignIn({ db }: Context, messages: Messages, { email, next, carried = {}, signedOut, problem }: SignInForm): Promise<Answer> {
  const { body = '', ...others } = carried;
  return {
    view: 'accounts/sign-in',
    data: {
      title: messages.text('accounts.signIn'),
      email,
      next,
      body,
      carried: Object.entries(others).map(([name, value]) => ({ name, value })),
      signedOut,
      problems: problem === undefined ? [] : [{ field: 'email', message: messages.of(problem) }],
      isNew: !(await hasAccount(db.reader)),
    },
  };
}
