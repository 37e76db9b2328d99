import type { CookieOptions, Request, Response } from 'express';
import { sessionLife } from '../storage/sessions.ts';

/**
 * The name of the cookie. Where the site is on https it has the `__Host-` prefix, which a browser takes only from
 * this very host and over https (RFC 6265bis, 4.1.3.2).
 */
function cookieName(siteUrl: string): string {
  return isSecure(siteUrl) ? '__Host-session' : 'session';
}

/** The token that a request's browser keeps. */
export function readSessionToken(request: Request, siteUrl: string): string | undefined {
  const prefix = `${cookieName(siteUrl)}=`;
  const cookies = (request.get('Cookie') ?? '').split(';').map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(prefix))?.slice(prefix.length);
}

/** Gives the browser a token to keep, or, with null, takes it away. It is kept beyond the session's end, to tell whose a text is that comes late. */
export function setSessionCookie(response: Response, siteUrl: string, token: string | null): void {
  const options: CookieOptions = { httpOnly: true, sameSite: 'lax', secure: isSecure(siteUrl), path: '/' };
  if (token === null) response.clearCookie(cookieName(siteUrl), options);
  else response.cookie(cookieName(siteUrl), token, { ...options, maxAge: sessionLife.absolute + sessionLife.remembered });
}

function isSecure(siteUrl: string): boolean {
  return siteUrl.startsWith('https:');
}
