import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import { findAccount } from '../../storage/newsroom/editors.ts';
import { recordFailedSignIn } from '../../storage/newsroom/sign-in.ts';
import { challengeLifetime, issueSignInChallenge } from '../../storage/second-factor/challenges.ts';
import { findPasskey, signInWithPasskey } from '../../storage/second-factor/passkeys.ts';
import { completeSignIn } from '../accounts/complete-sign-in.ts';
import { nextPath } from '../accounts/next-path.ts';
import { refusal } from '../accounts/refusal.ts';
import { showSignIn } from '../accounts/sign-in-form.ts';
import type { ActionResult, OpenRequest } from '../action.ts';
import { challengeOf, loadWebAuthn, readAssertion, requireRelyingParty, verifyAssertion } from './credentials.ts';

/** Asks the browser for any of its passkeys for this site. */
export async function passkeySignInOptions(context: Context, { ipAddress, now, messages }: OpenRequest): Promise<ActionResult> {
  const { id } = requireRelyingParty(context);
  const token = await issueSignInChallenge(context.db, ipAddress, now);
  if (token === undefined) return { status: 429, json: { problem: messages.text('newsroomSecondFactor.manyChallenges') } };
  const { generateAuthenticationOptions } = await loadWebAuthn();
  return { json: await generateAuthenticationOptions({ rpID: id, challenge: challengeOf(token), userVerification: 'required', timeout: challengeLifetime }) };
}

/** Signs in without a password. Opens the requested page, or submits the pending form. */
export async function passkeySignIn(context: Context, request: OpenRequest): Promise<ActionResult> {
  const { db } = context;
  const { userAgent, ipAddress, now } = request;
  const { credential, email = '', password: _password, code: _code, next: wanted, ...pendingForm } = request.form;
  const destination = { next: nextPath(wanted), pendingForm };
  const refuse = async (problem: Message) => refusal(await showSignIn(context, request.messages, { email, ...destination, problem }), 0);

  const response = readAssertion(credential);
  if (!response) return refuse({ key: 'newsroomSecondFactor.passkeyWrong' });
  const passkey = await findPasskey(db.reader, response.id);
  if (!passkey) return refuse({ key: 'newsroomSecondFactor.passkeyUnknown' });
  const newCounter = await verifyAssertion(context, response, passkey, now);
  if (newCounter === undefined) {
    await recordFailedSignIn(db, await findAccount(db.reader, passkey.editorId), ipAddress, now);
    return refuse({ key: 'newsroomSecondFactor.passkeyWrong' });
  }
  const result = await signInWithPasskey(db, passkey, newCounter, userAgent, now);
  if (!result) return refuse({ key: 'newsroomSecondFactor.passkeyUnknown' });
  return completeSignIn(context, request, result.account, { session: result.session, ...destination });
}
