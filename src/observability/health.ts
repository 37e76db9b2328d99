import { setTimeout as delay } from 'node:timers/promises';
import type { Request, RequestHandler } from 'express';
import type { Context } from '../context.ts';
import { ping, testWrite } from '../storage/database/database.ts';
import { logFailure } from './log-failure.ts';
import { explain } from './trouble.ts';

/** How long the database has to answer, in milliseconds: whoever asks waits no longer than some seconds. */
const timeout = 2000;

/** Answers whether the process lives (it answers) and whether the database can be read and written: 200, or 503 with the reason. */
export function health(context: Context): RequestHandler {
  return async (request, response) => {
    const reason = await findFault(context, request);
    if (reason !== undefined) response.set('Retry-After', '5');
    response
      .status(reason === undefined ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ process: 'ok', database: reason === undefined ? 'ok' : 'unavailable', reason });
  };
}

async function findFault(context: Context, request: Request): Promise<string | undefined> {
  try {
    await Promise.race([check(context), delay(timeout, undefined, { ref: false }).then(() => Promise.reject(new Error(`no answer within ${timeout} ms`)))]);
    return undefined;
  } catch (error) {
    logFailure(context, error, 503, request);
    return explain(context, error)?.reason ?? 'The database does not answer';
  }
}

/** Writes are tried only once one has failed, and not for each who asks: anybody may. */
async function check({ pages, db }: Context): Promise<void> {
  await Promise.all([pages.catchUp(), ping(db)]);
  db.verify();
  const { fault } = db.state;
  if (fault?.trouble === 'damaged') throw fault.error;
  if (fault) await testWrite(db);
}
