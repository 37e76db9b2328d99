import type { Request } from 'express';
import type { Context } from '../../context.ts';
import { findSession, type Session } from '../../storage/newsroom/sessions.ts';
import { readSessionToken } from './cookies.ts';

export async function currentSession({ db, config }: Context, request: Request, now: number): Promise<Session | undefined> {
  const token = readSessionToken(request, config.siteUrl);
  return token === undefined ? undefined : findSession(db, token, now);
}
