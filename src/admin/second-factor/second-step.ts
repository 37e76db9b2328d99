import { readTypedCode } from '../../content/accounts/typed-code.ts';
import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import type { Account } from '../../storage/newsroom/editors.ts';
import { countAttempt } from '../../storage/newsroom/sign-in-failures.ts';
import { findDevice } from '../../storage/newsroom/devices.ts';
import { findSecondFactor } from '../../storage/second-factor/second-factor.ts';
import { findSecondStep, takeSecondStep } from '../../storage/second-factor/second-step.ts';
import { admin, withQuery } from '../../urls.ts';
import { tooManyAttempts } from '../accounts/check-password.ts';
import { completeSignIn } from '../accounts/complete-sign-in.ts';
import { nextPath } from '../accounts/next-path.ts';
import { refusal } from '../accounts/refusal.ts';
import { showSignIn } from '../accounts/sign-in-form.ts';
import type { ActionResult, OpenRequest } from '../action.ts';
import { passkeySignInButton } from './passkey-button.ts';

/** What the second step leads to: a page, or the submission of a form that was posted after the session had ended. */
interface Destination {
  next: string;
  pendingForm: Record<string, string>;
}

/** Asks for the second factor after the right password. `token` goes into a cookie of this browser; there is no session yet. */
export async function beginSecondStep(context: Context, request: OpenRequest, account: Account, { token, ...destination }: Destination & { token: string }): Promise<ActionResult> {
  return { ...(await showSecondStep(context, request, account, destination)), secondStep: token };
}

export async function secondStepPage(context: Context, request: OpenRequest): Promise<ActionResult> {
  const next = nextPath(request.query['next']);
  if (request.editor) return { seeOther: next };
  const account = await findSecondStep(context.db.reader, request.secondStep, request.now);
  return account ? showSecondStep(context, request, account, { next, pendingForm: {} }) : { seeOther: withQuery(admin.signIn, request.query) };
}

/** Signs in with the code of the authenticator app or a recovery code. */
export async function secondStep(context: Context, request: OpenRequest): Promise<ActionResult> {
  const { db } = context;
  const { code: typed = '', next: wanted, ...pendingForm } = request.form;
  const { secondStep: token, userAgent, ipAddress, now } = request;
  const destination = { next: nextPath(wanted), pendingForm };
  const expired = async (email: string) => refusal(await showSignIn(context, request.messages, { email, ...destination, problem: { key: 'newsroomSecondFactor.expired' } }), 0);

  const account = await findSecondStep(db.reader, token, now);
  if (!account) return expired('');
  const showAgain = (problem: Message) => showSecondStep(context, request, account, destination, problem);
  const code = readTypedCode(typed);
  if (code === '') return refusal(await showAgain({ key: 'newsroomSecondFactor.codeMissing' }), 0);
  const attempt = { email: account.email, address: ipAddress, device: await findDevice(db, account, request.device), step: 'code' as const };
  const waitMs = await countAttempt(db, attempt, now);
  if (waitMs > 0) {
    const { problem, retryAfterSeconds } = tooManyAttempts(waitMs);
    return refusal(await showAgain(problem), retryAfterSeconds);
  }
  const result = await takeSecondStep(db, { token, code, attempt, userAgent }, now);
  if ('session' in result) return completeSignIn(context, request, account, { session: result.session, ...destination });
  return result.refused === 'expired' ? expired(account.email) : refusal(await showAgain({ key: 'newsroomSecondFactor.codeWrong' }), 0);
}

async function showSecondStep({ db, config }: Context, { messages }: OpenRequest, { id }: Account, { next, pendingForm }: Destination, problem?: Message): Promise<ActionResult> {
  const { body = '', ...others } = pendingForm;
  const { totpSince, passkeys } = await findSecondFactor(db.reader, id);
  return {
    view: 'second-factor/second-step',
    data: {
      title: messages.text('newsroomSecondFactor.secondStep'),
      next,
      body,
      pendingFields: Object.entries(others).map(([name, value]) => ({ name, value })),
      hint: messages.text(totpSince === undefined ? 'newsroomSecondFactor.recoveryCodeHint' : 'newsroomSecondFactor.codeHint'),
      passkey: passkeys > 0 ? passkeySignInButton(config, messages) : undefined,
      problems: problem === undefined ? [] : [{ field: 'code', message: messages.of(problem) }],
    },
  };
}
