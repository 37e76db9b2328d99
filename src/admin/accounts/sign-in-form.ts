import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import type { Messages } from '../../messages/messages.ts';
import { hasAccount } from '../../storage/newsroom/editors.ts';
import type { ActionResult } from '../action.ts';
import { passkeySignInButton } from '../second-factor/passkey-button.ts';

export interface SignInForm {
  email: string;
  next: string;
  /** The fields of a form that was posted after the session had ended. Signing in submits the form again. */
  pendingForm?: Record<string, string>;
  /** Why the form is shown: the editor signed out (`on purpose`), or the session had ended and the posted form was stored (`saved`), will be submitted after sign-in (`pending`) or had no effect (`unchanged`). */
  signedOut?: 'on purpose' | 'unchanged' | 'saved' | 'pending';
  problem?: Message;
}

/** Shows the body of a pending article, so that the editor can read and copy it, and includes its other fields hidden. */
export async function showSignIn({ db, config, mailer }: Context, messages: Messages, { email, next, pendingForm = {}, signedOut, problem }: SignInForm): Promise<ActionResult> {
  const { body = '', ...others } = pendingForm;
  return {
    view: 'accounts/sign-in',
    data: {
      title: messages.text('accounts.signIn'),
      email,
      next,
      body,
      pendingFields: Object.entries(others).map(([name, value]) => ({ name, value })),
      signedOut,
      problems: problem === undefined ? [] : [{ field: 'email', message: messages.of(problem) }],
      passkey: passkeySignInButton(config, messages),
      isNew: !(await hasAccount(db.reader)),
      canMail: mailer !== undefined,
    },
  };
}
