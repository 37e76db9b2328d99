import { RequestError } from '../errors.ts';
import { noteFault, type Database } from '../storage/database/database.ts';
import type { Logger } from './log.ts';
import { loggedPath } from './logged-path.ts';

/** Logs a failed request: at level `debug` if the cause is a database fault that has been logged already, as a warning if the program refused the request itself, else as an error. */
export function logFailure({ log, pages, db }: { log: Logger; pages: { staleFor: number }; db: Database }, error: unknown, status: number, { method, originalUrl }: { method: string; originalUrl: string }): void {
  noteFault(db, error);
  const isKnown = db.state.fault !== undefined && db.state.fault.trouble === db.troubleOf(error);
  const level = isKnown || (status === 503 && pages.staleFor > 0) ? 'debug' : 'error';
  if (error instanceof RequestError && level === 'error') log.warn({ reason: error.message, method, url: loggedPath(originalUrl) }, 'a request was refused');
  else log[level]({ err: error, method, url: loggedPath(originalUrl) }, 'a request failed');
}
