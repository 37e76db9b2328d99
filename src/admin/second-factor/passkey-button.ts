import { relyingParty } from '../../content/accounts/relying-party.ts';
import type { Config } from '../../config.ts';
import type { Messages } from '../../messages/messages.ts';
import { admin } from '../../urls.ts';

/** A button with which a script asks the browser for a passkey, and then submits the button's form. */
export interface PasskeyButton {
  /** To use a passkey or to create one. */
  method: 'get' | 'create';
  /** Where the form is submitted to, with the browser's answer as `credential`. */
  action: string;
  /** Where the script gets its request to the browser from. */
  options: string;
  label: string;
  unsupported: string;
  failed: string;
}

/** Undefined if browsers offer no passkeys at the site's address. */
export function passkeyButton({ siteUrl }: Config, messages: Messages, button: Pick<PasskeyButton, 'method' | 'action' | 'options' | 'label'>): PasskeyButton | undefined {
  if (!relyingParty(siteUrl)) return undefined;
  return { ...button, unsupported: messages.text('newsroomSecondFactor.passkeysUnsupported'), failed: messages.text('newsroomSecondFactor.passkeyCancelled') };
}

export function passkeySignInButton(config: Config, messages: Messages): PasskeyButton | undefined {
  return passkeyButton(config, messages, { method: 'get', action: admin.passkeySignIn, options: admin.passkeySignInOptions, label: messages.text('newsroomSecondFactor.usePasskey') });
}
