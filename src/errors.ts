/** An error that the operator can fix. The command line prints only the message, which says what is wrong and what to do, and exits with 1. */
export class OperatorError extends Error {}

export class RequestError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The HTTP status for an error: 500, a bug, unless the error has a `status`. */
export function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}
