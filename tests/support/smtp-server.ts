import { createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, vi } from 'vitest';

export interface ReceivedMail {
  from: string;
  to: string;
  /** By name, in lower case. Encoded words are decoded. */
  headers: Record<string, string>;
  text: string;
}

/** `accepts` mails, `refuses` the recipient, or is `silent`: accepts the connection and never says a word. */
export type SmtpBehaviour = 'accepts' | 'refuses' | 'silent';

/** A mail server in memory. */
export interface SmtpServer {
  /** For `emptySite`. */
  environment: Record<string, string>;
  mails: ReceivedMail[];
  /** What clients sent to sign in, decoded. */
  logins: string[];
  behaviour: SmtpBehaviour;
}

/** Starts a mail server on any free port, which is closed after the test. */
export async function startSmtpServer({ behaviour = 'accepts', login = '' }: { behaviour?: SmtpBehaviour; login?: string } = {}): Promise<SmtpServer> {
  const started: SmtpServer = { environment: {}, mails: [], logins: [], behaviour };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('close', () => sockets.delete(socket)).on('error', () => {}));
    if (started.behaviour !== 'silent') talk(socket, started);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  started.environment = { SMTP_URL: `smtp://${login}127.0.0.1:${(server.address() as AddressInfo).port}`, MAIL_FROM: 'newsroom@news.example' };
  return started;
}

/** Waits until the server has received this many mails. */
export async function waitForMails({ mails }: SmtpServer, count: number): Promise<void> {
  await vi.waitFor(() => expect(mails).toHaveLength(count), { timeout: 20_000 });
}

function talk(socket: Socket, server: SmtpServer): void {
  const envelope = { from: '', to: '' };
  let received = '';
  let isData = false;
  const answer = (line: string) => socket.write(`${line}\r\n`);
  const command = (line: string) => {
    const [, address = ''] = /<(.*)>/.exec(line) ?? [];
    if (/^EHLO/i.test(line)) return answer('250-test\r\n250 AUTH PLAIN');
    if (/^AUTH PLAIN /i.test(line)) {
      server.logins.push(Buffer.from(line.slice('AUTH PLAIN '.length), 'base64').toString().replaceAll('\0', ' ').trim());
      return answer('235 OK');
    }
    if (/^MAIL/i.test(line)) envelope.from = address;
    if (/^RCPT/i.test(line)) {
      if (server.behaviour === 'refuses') return answer('550 No such mailbox');
      envelope.to = address;
    }
    if (/^DATA/i.test(line)) {
      isData = true;
      return answer('354 Go on');
    }
    if (/^QUIT/i.test(line)) return socket.end('221 Bye\r\n');
    return answer('250 OK');
  };
  answer('220 test');
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    received += chunk;
    for (;;) {
      const end = isData ? received.indexOf('\r\n.\r\n') : received.indexOf('\r\n');
      if (end < 0) return;
      const part = received.slice(0, end);
      received = received.slice(end + (isData ? 5 : 2));
      if (isData) {
        isData = false;
        server.mails.push({ ...envelope, ...parse(part) });
        answer('250 OK');
      } else {
        command(part);
      }
    }
  });
}

function parse(message: string): Pick<ReceivedMail, 'headers' | 'text'> {
  const end = message.indexOf('\r\n\r\n');
  const lines = message.slice(0, end).replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), decodeWords(line.slice(line.indexOf(':') + 1).trim())]));
  return { headers, text: decodeBody(message.slice(end + 4), headers).replaceAll('\r\n', '\n') };
}

/** RFC 2047 */
function decodeWords(text: string): string {
  return text.replace(/\?=\s+=\?/g, '?==?').replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, encoding: string, word: string) => (/b/i.test(encoding) ? Buffer.from(word, 'base64').toString() : decodeQuoted(word.replaceAll('_', ' '))));
}

function decodeBody(body: string, headers: Record<string, string>): string {
  const encoding = headers['content-transfer-encoding'];
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
  if (encoding === 'quoted-printable') return decodeQuoted(body.replace(/=\r\n/g, ''));
  // RFC 3676: a space at the end of a line continues it.
  return headers['content-type']?.includes('format=flowed') ? body.replace(/ \r\n/g, ' ') : body;
}

function decodeQuoted(text: string): string {
  return Buffer.from(text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1').toString();
}
