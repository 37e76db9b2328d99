import { browserName } from '../../content/accounts/browser.ts';
import { cleanLine, isBlank } from '../../content/text/text.ts';
import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import { challengeLifetime, issuePasskeyChallenge } from '../../storage/second-factor/challenges.ts';
import { addPasskey as storePasskey, listPasskeys, passkeyUserId } from '../../storage/second-factor/passkeys.ts';
import { admin, withQuery } from '../../urls.ts';
import { showBrowser } from '../accounts/browser.ts';
import { confirmPassword } from '../accounts/confirm-password.ts';
import { afterSetUp } from '../accounts/next-path.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { challengeOf, loadWebAuthn, passkeyAlgorithms, readAttestation, requireRelyingParty, verifyAttestation } from './credentials.ts';
import { passkeyButton } from './passkey-button.ts';
import { showRecoveryCodes } from './recovery-codes.ts';
import { isSecondFactorMissing } from './required.ts';

interface PasskeyProblem {
  field: 'name' | 'password';
  problem: Message;
}

const maxNameLength = 60;

export async function newPasskey(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { userAgent, messages, query } = request;
  const { browser, system } = browserName(userAgent);
  const isKnownBrowser = browser !== undefined && system !== undefined;
  return showForm(context, request, { name: isKnownBrowser ? showBrowser(userAgent, messages) : '', next: query['next'] });
}

/**
 * Checks the form before the browser creates a passkey. The password is needed, because whoever adds a passkey to an
 * account that was left open could sign in from then on.
 */
export async function newPasskeyOptions(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { db } = context;
  const { editor, form, settings, messages, now } = request;
  const { id } = requireRelyingParty(context);
  const refuse = ({ field, problem }: PasskeyProblem, status = 422): ActionResult => ({ status, json: { field, problem: messages.of(problem) } });
  const nameProblem = problemOfName(form['name']);
  if (nameProblem) return refuse({ field: 'name', problem: nameProblem });
  const confirmed = await confirmPassword(context, request);
  if ('problem' in confirmed) return refuse({ field: 'password', problem: confirmed.problem }, confirmed.retryAfterSeconds > 0 ? 429 : 422);
  const token = await issuePasskeyChallenge(db, editor.id, confirmed.attempt, now);
  const known = await listPasskeys(db.reader, editor.id);
  const { generateRegistrationOptions } = await loadWebAuthn();
  const options = await generateRegistrationOptions({
    rpName: settings.name,
    rpID: id,
    userID: await passkeyUserId(db, editor.id),
    userName: editor.email,
    userDisplayName: editor.name,
    challenge: challengeOf(token),
    timeout: challengeLifetime,
    excludeCredentials: known.map(({ credentialId }) => ({ id: credentialId })),
    supportedAlgorithmIDs: passkeyAlgorithms,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  return { json: options };
}

export async function addPasskey(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { editor, sessionId, form, now } = request;
  const { name = '', next, credential } = form;
  const refuse = async (field: PasskeyProblem['field'], problem: Message) => ({ ...(await showForm(context, request, { name, next }, { field, problem })), status: 422 });
  const nameProblem = problemOfName(name);
  if (nameProblem) return refuse('name', nameProblem);
  const response = readAttestation(credential);
  const passkey = response && (await verifyAttestation(context, response, editor.id, now));
  if (!passkey) return refuse('name', { key: 'newsroomSecondFactor.passkeyWrong' });
  const codes = await storePasskey(context.db, { editorId: editor.id, sessionId }, { ...passkey, name: cleanLine(name) }, now);
  if (codes === undefined) return refuse('name', { key: 'newsroomSecondFactor.passkeyKnown' });
  return codes.length > 0 ? showRecoveryCodes(request, codes, afterSetUp(next)) : { seeOther: withQuery(admin.account, { changed: 'passkey' }) };
}

function problemOfName(name = ''): Message | undefined {
  if (isBlank(name)) return { key: 'newsroomSecondFactor.nameMissing' };
  return [...cleanLine(name)].length > maxNameLength ? { key: 'accounts.nameTooLong', values: { max: maxNameLength } } : undefined;
}

async function showForm(context: Context, request: EditorRequest, { name, next }: { name: string; next: string | undefined }, problem?: PasskeyProblem): Promise<ActionResult> {
  const { editor, messages } = request;
  return {
    view: 'second-factor/new-passkey',
    data: {
      title: messages.text('newsroomSecondFactor.addPasskey'),
      section: 'account',
      editor,
      isRequired: await isSecondFactorMissing(context, request),
      name,
      maxNameLength,
      next: afterSetUp(next),
      totp: withQuery(admin.totp, { next }),
      passkey: passkeyButton(context.config, messages, { method: 'create', action: admin.passkeys, options: admin.newPasskeyOptions, label: messages.text('newsroomSecondFactor.addPasskey') }),
      problems: problem ? [{ field: problem.field, message: messages.of(problem.problem) }] : [],
    },
  };
}
