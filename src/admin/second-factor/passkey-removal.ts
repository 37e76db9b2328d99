import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import type { Message } from '../../messages/catalogue.ts';
import type { Attempt } from '../../storage/newsroom/sign-in-failures.ts';
import { findPasskey, listPasskeys, removePasskey, type ListedPasskey } from '../../storage/second-factor/passkeys.ts';
import { admin, withQuery } from '../../urls.ts';
import { confirmPassword } from '../accounts/confirm-password.ts';
import { refusal } from '../accounts/refusal.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { readAssertion, verifyAssertion } from './credentials.ts';
import { passkeyButton } from './passkey-button.ts';

export async function passkeyRemovalForm(context: Context, request: EditorRequest): Promise<ActionResult> {
  return showForm(context, request, await requirePasskey(context, request));
}

/** Removes a passkey if the password is right, or if the passkey itself has signed. */
export async function passkeyRemoval(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { editor, sessionId, now } = request;
  const passkey = await requirePasskey(context, request);
  const confirmed = request.form['credential'] === undefined ? await confirmPassword(context, request) : await confirmWithPasskey(context, request, passkey);
  if ('problem' in confirmed) return refusal(showForm(context, request, passkey, confirmed.problem), confirmed.retryAfterSeconds);
  await removePasskey(context.db, { editorId: editor.id, sessionId, attempt: confirmed.attempt }, passkey.credentialId, now);
  return { seeOther: withQuery(admin.account, { changed: 'passkey-removal' }) };
}

async function confirmWithPasskey(context: Context, { form, now }: EditorRequest, { credentialId }: ListedPasskey): Promise<{ attempt?: Attempt } | { problem: Message; retryAfterSeconds: number }> {
  const response = readAssertion(form['credential']);
  const passkey = response?.id === credentialId ? await findPasskey(context.db.reader, credentialId) : undefined;
  const isRight = response && passkey && (await verifyAssertion(context, response, passkey, now)) !== undefined;
  return isRight ? {} : { problem: { key: 'newsroomSecondFactor.otherPasskey' }, retryAfterSeconds: 0 };
}

export function removalPath(credentialId: string): string {
  return admin.passkeyRemoval(Buffer.from(credentialId, 'base64url').toString('hex'));
}

async function requirePasskey({ db }: Context, { editor, path }: EditorRequest): Promise<ListedPasskey> {
  const passkeys = await listPasskeys(db.reader, editor.id);
  const passkey = passkeys.find(({ credentialId }) => removalPath(credentialId) === path);
  if (!passkey) throw new RequestError(404, 'errors.noPasskey');
  return passkey;
}

function showForm({ config }: Context, { editor, messages }: EditorRequest, { credentialId, name }: ListedPasskey, problem?: Message): ActionResult {
  const action = removalPath(credentialId);
  return {
    view: 'second-factor/confirm',
    data: {
      title: messages.text('newsroomSecondFactor.removePasskey', { name }),
      section: 'account',
      editor,
      action,
      what: messages.text('newsroomSecondFactor.removePasskeyWhat'),
      button: messages.text('newsroomSecondFactor.remove'),
      passkey: passkeyButton(config, messages, { method: 'get', action, options: admin.passkeySignInOptions, label: messages.text('newsroomSecondFactor.removeWithPasskey') }),
      problems: problem ? [{ field: 'password', message: messages.of(problem) }] : [],
    },
  };
}
