import type { CookieOptions, Request, Response } from 'express';
import { sessionTimeouts } from '../../storage/newsroom/sessions.ts';

/** How long a browser is known by its device cookie, in milliseconds. */
const deviceLife = 365 * 24 * 3_600_000;

/** The session's token that a request's browser keeps. */
export function readSessionToken(request: Request, siteUrl: string): string | undefined {
  return readCookie(request, cookieName('session', siteUrl));
}

/** Gives the browser a token to keep, or, with null, takes it away. It is kept beyond the session's end, to tell whose a text is that comes late. */
export function setSessionCookie(response: Response, siteUrl: string, token: string | null): void {
  const name = cookieName('session', siteUrl);
  if (token === null) response.clearCookie(name, options(siteUrl));
  else response.cookie(name, token, { ...options(siteUrl), maxAge: sessionTimeouts.absolute + sessionTimeouts.attribution });
}

/** The device cookie of a request; empty where there is none. */
export function readDeviceCookie(request: Request, siteUrl: string): string {
  return readCookie(request, cookieName('device', siteUrl)) ?? '';
}

export function setDeviceCookie(response: Response, siteUrl: string, value: string): void {
  response.cookie(cookieName('device', siteUrl), value, { ...options(siteUrl), sameSite: 'strict', maxAge: deviceLife });
}

/**
 * The name of a cookie. Where the site is on https it has the `__Host-` prefix, which a browser takes only from
 * this very host and over https (RFC 6265bis, 4.1.3.2).
 */
function cookieName(name: string, siteUrl: string): string {
  return isSecure(siteUrl) ? `__Host-${name}` : name;
}

function readCookie(request: Request, name: string): string | undefined {
  const cookies = (request.get('Cookie') ?? '').split(';').map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
}

function options(siteUrl: string): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', secure: isSecure(siteUrl), path: '/' };
}

function isSecure(siteUrl: string): boolean {
  return siteUrl.startsWith('https:');
}
