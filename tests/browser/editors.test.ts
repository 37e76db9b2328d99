import { expect, test } from 'vitest';
import { makeEditor, signIn } from '../support/admin.ts';
import { setUpTotp } from '../support/second-factor.ts';
import { startSmtpServer, waitForMails } from '../support/smtp-server.ts';
import { sharedBrowser } from './browser.ts';
import { clickButton, openNewsroom, signInAs } from './newsroom.ts';

const browser = await sharedBrowser();

test('an administrator invites a colleague, who is refused as soon as the account is disabled, and removes a second factor that they lost, without JavaScript', async () => {
  const { site, url, open, openSignedIn, pageErrors } = await openNewsroom(browser);
  const ada = await openSignedIn('Ada Example', 'administrator', { javaScriptEnabled: false });
  await ada.goto(`${url}/admin/editors`);
  await ada.getByLabel('Name').fill('Bob Example');
  await ada.getByLabel('Email').fill('bob@news.example');
  await ada.getByRole('radio', { name: 'Contributor' }).check();
  await clickButton(ada, 'Invite');
  const link = await ada.getByLabel('Link for choosing a password').inputValue();

  const bob = await open();
  await bob.goto(link.replace('https://news.example', url));
  await bob.getByLabel('Password').fill('correct horse battery staple');
  await clickButton(bob, 'Save password');
  await bob.getByRole('link', { name: 'Bob Example' }).waitFor();

  await ada.getByRole('link', { name: 'Account of Bob Example' }).click();
  await ada.getByRole('radio', { name: 'Editor' }).check();
  await clickButton(ada, 'Save');
  await ada.getByText('Saved.').waitFor();
  await clickButton(ada, 'Disable the account');
  await ada.getByText('The account is disabled.').waitFor();
  await bob.getByRole('link', { name: 'New article' }).first().click();
  await bob.waitForURL(/\/admin\/sign-in/);
  await clickButton(ada, 'Enable the account');
  await ada.getByText('The account is enabled.').waitFor();
  await setUpTotp(site, await signIn(site, 'bob@news.example'));
  await ada.reload();
  await ada.getByText('Authenticator app · 10 recovery codes left').waitFor();
  await clickButton(ada, 'Remove the second factor');
  await ada.getByText('The second factor has been removed').waitFor();
  await signInAs(bob, url, 'bob@news.example');
  expect(pageErrors).toEqual([]);
});

test('an editor who has forgotten their password gets an email with a link, and signs in with a new one', async () => {
  const server = await startSmtpServer();
  const { site, url, open, pageErrors } = await openNewsroom(browser, server.environment);
  const { email } = await makeEditor(site, { role: 'editor' });
  const page = await open();
  await page.goto(`${url}/admin/sign-in`);
  await page.getByRole('link', { name: 'Forgotten your password?' }).click();
  await page.getByLabel('Email').fill(email);
  await clickButton(page, 'Send the link');
  await page.getByText('an email with a link is on its way').waitFor();
  await waitForMails(server, 1);
  await page.goto(`${url}${/\/admin\/set-up\/\w+/.exec(server.mails[0]?.text ?? '')?.[0] ?? ''}`);
  await page.getByLabel('Password').fill('another long enough one');
  await clickButton(page, 'Save password');
  await page.getByRole('link', { name: 'Sign in with the new password' }).click();
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill('another long enough one');
  await clickButton(page, 'Sign in');
  await page.waitForURL((to) => to.pathname === '/admin');
  expect(pageErrors).toEqual([]);
});
