import { setTimeout as delay } from 'node:timers/promises';
import type { Request, RequestHandler } from 'express';
import type { Context } from '../context.ts';
import { english } from '../messages/languages.ts';
import { ping, testWrite } from '../storage/database/database.ts';
import { logFailure } from './log-failure.ts';
import { explain } from './trouble.ts';

const databaseTimeoutMs = 2000;

/** Reports whether the database can be read and written: 200, or 503 with the reason. */
export function health(context: Context): RequestHandler {
  return async (request, response) => {
    const reason = await findProblem(context, request);
    if (reason !== undefined) response.set('Retry-After', '5');
    response
      .status(reason === undefined ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ process: 'ok', database: reason === undefined ? 'ok' : 'unavailable', reason });
  };
}

async function findProblem(context: Context, request: Request): Promise<string | undefined> {
  try {
    await Promise.race([check(context), delay(databaseTimeoutMs, undefined, { ref: false }).then(() => Promise.reject(new Error(`the database did not answer within ${databaseTimeoutMs} ms`)))]);
    return undefined;
  } catch (error) {
    logFailure(context, error, 503, request);
    const explanation = explain(context, error);
    return explanation ? english.of(explanation.reason) : 'The database is not responding';
  }
}

/** Tries to write only after a write has failed, because anybody can request this page. */
async function check({ pages, db }: Context): Promise<void> {
  await Promise.all([pages.catchUp(), ping(db)]);
  db.verify();
  const { fault } = db.state;
  if (fault?.trouble === 'damaged') throw fault.error;
  if (fault) await testWrite(db);
}
