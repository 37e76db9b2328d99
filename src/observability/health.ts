import type { RequestHandler } from 'express';
import type { Context } from '../context.ts';
import { ping } from '../storage/database.ts';

/** Answers whether the process lives (it answers) and whether the database does: 200 or 503. */
export function health(context: Context): RequestHandler {
  return async (_request, response) => {
    const database = await answers(context);
    response
      .status(database ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ process: 'ok', database: database ? 'ok' : 'unavailable' });
  };
}

async function answers(context: Context): Promise<boolean> {
  try {
    await ping(context.db);
    return true;
  } catch (error) {
    context.log.error({ err: error }, 'the database does not answer');
    return false;
  }
}
