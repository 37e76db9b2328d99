import pino, { type Logger } from 'pino';

export type { Logger };

/** Logs JSON lines to standard error; standard output is for messages to people. */
export function createLog(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: true }));
}
