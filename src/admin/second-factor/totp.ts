import { Secret } from 'otpauth';
import encodeQR from 'qr';
import { relyingParty } from '../../content/accounts/relying-party.ts';
import { isTotpSecret, matchTotp, totpUri } from '../../content/accounts/totp.ts';
import { readTypedCode } from '../../content/accounts/typed-code.ts';
import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import { findSecondFactor } from '../../storage/second-factor/second-factor.ts';
import { setUpTotp as storeTotp } from '../../storage/second-factor/totp.ts';
import { admin, withQuery } from '../../urls.ts';
import { confirmPassword } from '../accounts/confirm-password.ts';
import { afterSetUp } from '../accounts/next-path.ts';
import { refusal } from '../accounts/refusal.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { showRecoveryCodes } from './recovery-codes.ts';
import { isSecondFactorMissing } from './required.ts';

export async function totpPage(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { totpSince } = await findSecondFactor(context.db.reader, request.editor.id);
  return totpSince === undefined ? showSetUp(context, request, makeSecret(), request.query['next']) : { seeOther: admin.account };
}

/** Sets up the authenticator app. Until its first code is right, the secret is only in the form. */
export async function setUpTotp(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { editor, sessionId, form, now } = request;
  const { code = '', next } = form;
  const secret = isTotpSecret(form['secret'] ?? '') ? (form['secret'] ?? '') : makeSecret();
  const typed = readTypedCode(code);
  const step = matchTotp(secret, typed, now);
  if (step === undefined) return refusal(await showSetUp(context, request, secret, next, { field: 'code', problem: { key: typed === '' ? 'newsroomSecondFactor.codeMissing' : 'newsroomSecondFactor.firstCodeWrong' } }), 0);
  // Otherwise anybody at an account that was left open could lock its owner out.
  const confirmed = await confirmPassword(context, request);
  if ('problem' in confirmed) return refusal(await showSetUp(context, request, secret, next, { field: 'password', problem: confirmed.problem }), confirmed.retryAfterSeconds);
  const codes = await storeTotp(context.db, { editorId: editor.id, sessionId, attempt: confirmed.attempt }, { secret, step }, now);
  if (codes && codes.length > 0) return showRecoveryCodes(request, codes, afterSetUp(next));
  return { seeOther: withQuery(admin.account, { changed: 'totp' }) };
}

/** 160 random bits, as RFC 4226 recommends, in Base32. */
function makeSecret(): string {
  return new Secret({ size: 20 }).base32;
}

async function showSetUp(context: Context, request: EditorRequest, secret: string, next: string | undefined, faulty?: { field: 'code' | 'password'; problem: Message }): Promise<ActionResult> {
  const { editor, settings, messages } = request;
  const uri = totpUri(secret, { issuer: settings.name, label: editor.email });
  const isRequired = await isSecondFactorMissing(context, request);
  return {
    view: 'second-factor/totp',
    data: {
      title: messages.text('newsroomSecondFactor.setUpTotp'),
      section: 'account',
      isRequired,
      uri,
      qrHtml: encodeQR(uri, 'svg', { border: 4 }),
      secret,
      shownSecret: secret.replaceAll(/.{4}(?=.)/g, '$& '),
      next: afterSetUp(next),
      newPasskey: isRequired && relyingParty(context.config.siteUrl) ? withQuery(admin.newPasskey, { next }) : undefined,
      editor,
      problems: faulty ? [{ field: faulty.field, message: messages.of(faulty.problem) }] : [],
    },
  };
}
