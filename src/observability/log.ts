import pino, { type Logger } from 'pino';

export type { Logger };

/** The log: one JSON object a line on standard error, so that standard output says only what a person is to read. */
export function createLog(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: true }));
}
