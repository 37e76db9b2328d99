import type { Message, MessageKey } from './messages/catalogue.ts';
import { Languages } from './messages/languages.ts';

/**
 * Something that whoever runs the program can mend: its message is one line that says what is wrong and what to do.
 * The command line prints it and exits with 1; nothing else of it is shown.
 */
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

/** For the log. */
const english = new Languages().for('en');

/** The HTTP status that an error answers with. Anything that does not say is a bug: 500. */
export function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}
