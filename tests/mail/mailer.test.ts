import { expect, test, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { Mailer } from '../../src/mail/mailer.ts';
import { createLog, type Logger } from '../../src/observability/log.ts';
import { startSmtpServer, type SmtpServer } from '../support/smtp-server.ts';

const mail = { fromName: 'The Böse "Daily"', to: { name: 'Ana', address: 'ana@news.example' }, subject: 'Für Ana', text: `Hello Ana,\n\n.https://news.example/${'0'.repeat(80)}\n.\nEnd – of it.\n` };

function mailerFor({ environment }: SmtpServer, { log = createLog('silent'), timeout = 10_000 }: { log?: Logger; timeout?: number } = {}): Mailer {
  const { smtp, mailFrom } = readConfig(environment);
  if (!smtp) throw new Error('There is no SMTP server');
  return new Mailer({ server: smtp, from: mailFrom, log, timeout });
}

test('an email is plain text, comes from the site, and says that a program sent it', async () => {
  const server = await startSmtpServer();
  expect(await mailerFor(server).send(mail)).toBe(true);
  expect(server.logins).toEqual([]);
  const [received] = server.mails;
  expect([server.mails.length, received?.from, received?.to]).toEqual([1, 'newsroom@news.example', 'ana@news.example']);
  expect(received?.headers).toMatchObject({ 'to': 'Ana <ana@news.example>', 'subject': 'Für Ana', 'auto-submitted': 'auto-generated', 'content-type': expect.stringMatching(/^text\/plain; charset=utf-8/) });
  expect(received?.headers['from']).toMatch(/^"?The Böse .*Daily.*<newsroom@news\.example>$/);
  expect(received?.text.trimEnd().replace(/^\.\./gm, '.')).toBe(mail.text.trimEnd());
});

test('the mailer signs in with the user and the password of SMTP_URL', async () => {
  const server = await startSmtpServer({ login: 'me%40news.example:p%40ss%2Fword@' });
  expect(await mailerFor(server).send(mail)).toBe(true);
  expect(server.logins).toEqual(['me@news.example p@ss/word']);
});

test('an email that the server refuses is not sent, and the reason is logged without the email', async () => {
  const server = await startSmtpServer({ behaviour: 'refuses' });
  const log = createLog('silent');
  const warn = vi.spyOn(log, 'warn').mockImplementation(() => {});
  expect(await mailerFor(server, { log }).send(mail)).toBe(false);
  expect(warn.mock.calls).toEqual([[{ reason: expect.stringContaining('550 No such mailbox') }, 'an email could not be sent']]);
});

test('a mail server that says nothing counts as a failure after the timeout', async () => {
  const server = await startSmtpServer({ behaviour: 'silent' });
  expect(await mailerFor(server, { timeout: 20 }).send(mail)).toBe(false);
});

test('closing waits for emails that are sent in the background, and their failures reach only the log', async () => {
  const server = await startSmtpServer();
  const mailer = mailerFor(server);
  mailer.inBackground(async () => mailer.send(mail));
  mailer.inBackground(async () => Promise.reject(new Error('lost')));
  await mailer.close();
  expect(server.mails).toHaveLength(1);
});
