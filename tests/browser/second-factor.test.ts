import { createServer } from 'node:http';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { makeEditor, password } from '../support/admin.ts';
import { freePort } from '../support/ports.ts';
import { codesIn, totpCode } from '../support/second-factor.ts';
import { emptySite, type TestSite } from '../support/test-site.ts';
import { sharedBrowser } from './browser.ts';
import { clickButton, openNewsroom, openPage, signInAs } from './newsroom.ts';

const browser = await sharedBrowser();

/** Serves a site at http://localhost, where browsers offer passkeys. */
async function openLocalSite(): Promise<{ site: TestSite; url: string }> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const site = await emptySite({ SITE_URL: url });
  const server = createServer(createApp(site.context));
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { site, url };
}

/** Gives the page's browser an authenticator that verifies its user without asking. Returns a function that counts its passkeys. */
async function addAuthenticator(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } as const;
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', { options });
  return async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length;
}

test('an editor sets up an authenticator app and signs in with its code and with a recovery code, without JavaScript', async () => {
  const { site, url, open, pageErrors } = await openNewsroom(browser);
  const { email } = await makeEditor(site, { role: 'editor' });
  const page = await open({ javaScriptEnabled: false });
  await signInAs(page, url, email);
  await page.goto(`${url}/admin/account`);
  await page.getByRole('link', { name: 'Set up an authenticator app' }).click();
  const secret = (await page.locator('.code').innerText()).replaceAll(' ', '');
  await page.getByLabel('Code from the app').fill(totpCode(secret, site.time.now));
  await page.getByLabel('Current password').fill(password);
  await clickButton(page, 'Turn on');
  const [recoveryCode = ''] = codesIn(await page.getByLabel('Recovery codes').inputValue());
  await page.getByRole('link', { name: 'I have saved them' }).click();
  await page.getByText('10 left').waitFor();

  site.time.now += 60_000;
  for (const code of [totpCode(secret, site.time.now), recoveryCode]) {
    await clickButton(page, 'Sign out');
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password').fill(password);
    await clickButton(page, 'Sign in');
    await page.getByLabel('Code').fill(code);
    await page.keyboard.press('Enter');
    await page.waitForURL((to) => to.pathname === '/admin');
  }
  await page.goto(`${url}/admin/account`);
  await page.getByText('9 left').waitFor();
  expect(pageErrors).toEqual([]);
});

test('an editor adds a passkey, signs in with it, and removes it with itself', async () => {
  const { site, url } = await openLocalSite();
  const { email } = await makeEditor(site, { role: 'editor' });
  const pageErrors: string[] = [];
  const page = await openPage(browser, url, pageErrors);
  const countPasskeys = await addAuthenticator(page);
  await signInAs(page, url, email);
  await page.goto(`${url}/admin/account`);
  await page.getByRole('link', { name: 'Add a passkey' }).click();
  await page.getByLabel('Name').fill('My laptop');
  await page.getByLabel('Current password').fill('not the right one');
  await clickButton(page, 'Add a passkey');
  await page.getByText('This is not your current password.').waitFor();
  expect(await countPasskeys()).toBe(0);
  await page.getByLabel('Current password').fill(password);
  await clickButton(page, 'Add a passkey');
  await page.getByRole('link', { name: 'I have saved them' }).click();
  expect(await countPasskeys()).toBe(1);

  await clickButton(page, 'Sign out');
  await page.goto(`${url}/admin/account`);
  await clickButton(page, 'Use a passkey');
  await page.getByRole('link', { name: 'Remove My laptop' }).click();
  await clickButton(page, 'Confirm with the passkey instead');
  await page.getByText('The passkey has been removed.').waitFor();
  expect(await page.getByText('My laptop').count()).toBe(0);

  await clickButton(page, 'Sign out');
  await clickButton(page, 'Use a passkey');
  await page.getByText('This passkey doesn’t work on this site any more.').first().waitFor();
  expect(pageErrors).toEqual([]);
});

test('a browser without passkeys says so', async () => {
  const { url, open, pageErrors } = await openNewsroom(browser);
  const page = await open();
  await page.addInitScript(() => Reflect.deleteProperty(window, 'PublicKeyCredential'));
  await page.goto(`${url}/admin/sign-in`);
  await clickButton(page, 'Use a passkey');
  await page.getByText('This browser can’t use passkeys.').waitFor();
  expect(pageErrors).toEqual([]);
});
