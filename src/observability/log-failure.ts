import type { Logger } from './log.ts';
import { loggedPath } from './logged-path.ts';

/**
 * Notes a request that failed. While the database is away that is noted once, when it begins, and not with each
 * request: those are at the level `debug`.
 */
export function logFailure({ log, pages }: { log: Logger; pages: { staleFor: number } }, error: unknown, status: number, { method, originalUrl }: { method: string; originalUrl: string }): void {
  const level = status === 503 && pages.staleFor > 0 ? 'debug' : 'error';
  log[level]({ err: error, method, url: loggedPath(originalUrl) }, 'a request failed');
}
