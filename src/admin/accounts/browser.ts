import { browserName } from '../../content/accounts/browser.ts';
import type { Messages } from '../../messages/messages.ts';

export function showBrowser(userAgent: string, messages: Messages): string {
  const { browser, system } = browserName(userAgent);
  if (browser === undefined) return messages.text('accounts.unknownBrowser');
  return system === undefined ? browser : messages.text('accounts.browserOnSystem', { browser, system });
}
