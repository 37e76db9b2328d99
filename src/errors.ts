/**
 * Something that whoever runs the program can mend: its message is one line that says what is wrong and what to do.
 * The command line prints it and exits with 1; nothing else of it is shown.
 */
export class OperatorError extends Error {}

/** A request that cannot be answered as it stands; `status` is the answer's. */
export class RequestError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The HTTP status that an error answers with. Anything that does not say is a bug: 500. */
export function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}
