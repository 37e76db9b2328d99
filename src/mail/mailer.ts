import { BlockList, isIP } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { SmtpServer } from '../config.ts';
import type { Logger } from '../observability/log.ts';

export interface Mail {
  /** The name of the sender. The address is the site's. */
  fromName: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
}

interface Options {
  server: SmtpServer;
  /** The sender's address. */
  from: string;
  log: Logger;
  /** In milliseconds. */
  timeout?: number;
}

/** Sends emails through an SMTP server. */
export class Mailer {
  readonly #options: Required<Options>;
  readonly #running = new Set<Promise<void>>();

  constructor(options: Options) {
    this.#options = { timeout: 10_000, ...options };
  }

  /** Returns whether the server accepted the email, within ten seconds at most. Failures are logged. Must not be called in a transaction. */
  async send(mail: Mail): Promise<boolean> {
    const { log, timeout } = this.#options;
    try {
      await Promise.race([this.#deliver(mail), timeOut(timeout)]);
      return true;
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'an email could not be sent');
      return false;
    }
  }

  /** Runs work that sends emails, without waiting for it. Failures are logged. */
  inBackground(work: () => Promise<unknown>): void {
    const running = this.#run(work).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Waits until the work in the background is done. */
  async close(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #run(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.log.error({ err: error }, 'an email could not be prepared');
    }
  }

  async #deliver({ fromName, to, subject, text }: Mail): Promise<void> {
    const { server: { host, port, isSecure, login }, from, timeout } = this.#options;
    // Loading takes a tenth of a second and 20 MB, and most processes never send an email.
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({
      host,
      port,
      secure: isSecure,
      ...(login && { auth: { user: login.user, pass: login.password } }),
      // A server on this machine often has a self-signed certificate. To other servers, the password is never sent unencrypted.
      ignoreTLS: isLoopback(host),
      requireTLS: login !== undefined && !isLoopback(host),
      connectionTimeout: timeout,
      greetingTimeout: timeout,
      socketTimeout: timeout,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    // RFC 3834, 5: automatic responders don't answer such emails.
    await transport.sendMail({ from: { name: fromName, address: from }, to, subject, text, headers: { 'Auto-Submitted': 'auto-generated' } });
  }
}

async function timeOut(ms: number): Promise<never> {
  await wait(ms, undefined, { ref: false });
  throw new Error(`The mail server did not accept the email within ${ms / 1000} seconds`);
}

/** Leaves out the rest of the error, which may contain the message. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

function isLoopback(host: string): boolean {
  const family = isIP(host);
  return family === 0 ? host === 'localhost' : loopback.check(host, family === 6 ? 'ipv6' : 'ipv4');
}
