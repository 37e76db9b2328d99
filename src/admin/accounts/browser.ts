import { browserName } from '../../content/accounts/browser.ts';
import type { Messages } from '../../messages/messages.ts';

export function showBrowser(userAgent: string, messages: Messages): string {
  const { browser, system } = browserName(userAgent);
  const name = browser ?? messages.text('accounts.unknownBrowser');
  return system === undefined ? name : messages.text('accounts.browserOnSystem', { browser: name, system });
}
