import { setTimeout as delay } from 'node:timers/promises';
import type { Request, RequestHandler } from 'express';
import type { Context } from '../context.ts';
import { ping } from '../storage/database.ts';
import { logFailure } from './log-failure.ts';

/** How long the database has to answer, in milliseconds: whoever asks waits no longer than some seconds. */
const patience = 2000;

/** Answers whether the process lives (it answers) and whether the database does: 200 or 503. */
export function health(context: Context): RequestHandler {
  return async (request, response) => {
    const database = await answers(context, request);
    if (!database) response.set('Retry-After', '5');
    response
      .status(database ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ process: 'ok', database: database ? 'ok' : 'unavailable' });
  };
}

async function answers(context: Context, request: Request): Promise<boolean> {
  try {
    await Promise.race([Promise.all([context.pages.catchUp(), ping(context.db)]), delay(patience, undefined, { ref: false }).then(() => Promise.reject(new Error(`no answer within ${patience} ms`)))]);
    return true;
  } catch (error) {
    logFailure(context, error, 503, request);
    return false;
  }
}
