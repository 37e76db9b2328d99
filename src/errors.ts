import type { Message, MessageKey } from './messages/catalogue.ts';
import { english } from './messages/languages.ts';

/** An error that the operator can fix. The command line prints only the message, which says what is wrong and what to do, and exits with 1. */
export class OperatorError extends Error {}

/** A request that can't be answered. The answer has this HTTP status, and its page may show the message. */
export class RequestError extends Error {
  readonly status: number;
  readonly problem: Message;

  constructor(status: number, key: MessageKey, values?: Message['values']) {
    super(english.of({ key, values }));
    this.status = status;
    this.problem = { key, values };
  }
}

/** The HTTP status for an error: 500, a bug, unless the error has a `status`. */
export function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}
