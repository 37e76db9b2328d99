import { noteFault, type Database } from '../storage/database/database.ts';
import type { Logger } from './log.ts';
import { loggedPath } from './logged-path.ts';

/**
 * Logs a request that failed. While the database is away or has a lasting fault, the beginning of that is logged, and
 * each request only at the level `debug`.
 */
export function logFailure({ log, pages, db }: { log: Logger; pages: { staleFor: number }; db: Database }, error: unknown, status: number, { method, originalUrl }: { method: string; originalUrl: string }): void {
  noteFault(db, error);
  const isKnown = db.state.fault !== undefined && db.state.fault.trouble === db.troubleOf(error);
  const level = isKnown || (status === 503 && pages.staleFor > 0) ? 'debug' : 'error';
  log[level]({ err: error, method, url: loggedPath(originalUrl) }, 'a request failed');
}
