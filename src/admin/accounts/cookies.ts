import type { CookieOptions, Request, Response } from 'express';
import { challengeLifetime } from '../../storage/second-factor/challenges.ts';
import { sessionTimeouts } from '../../storage/newsroom/sessions.ts';

const deviceCookieMaxAgeMs = 365 * 24 * 3_600_000;

export function readSessionToken(request: Request, siteUrl: string): string | undefined {
  return readCookie(request, cookieName('session', siteUrl));
}

/** Null deletes the cookie. The cookie outlives its session, so that a text posted later can still be attributed to its editor. */
export function setSessionCookie(response: Response, siteUrl: string, token: string | null): void {
  const name = cookieName('session', siteUrl);
  if (token === null) response.clearCookie(name, options(siteUrl));
  else response.cookie(name, token, { ...options(siteUrl), maxAge: sessionTimeouts.absolute + sessionTimeouts.attribution });
}

export function readDeviceCookie(request: Request, siteUrl: string): string {
  return readCookie(request, cookieName('device', siteUrl)) ?? '';
}

export function setDeviceCookie(response: Response, siteUrl: string, value: string): void {
  response.cookie(cookieName('device', siteUrl), value, { ...options(siteUrl), sameSite: 'strict', maxAge: deviceCookieMaxAgeMs });
}

export function readSecondStepCookie(request: Request, siteUrl: string): string {
  return readCookie(request, cookieName('second-step', siteUrl)) ?? '';
}

/** Null deletes the cookie. */
export function setSecondStepCookie(response: Response, siteUrl: string, token: string | null): void {
  const [name, strict] = [cookieName('second-step', siteUrl), { ...options(siteUrl), sameSite: 'strict' as const }];
  if (token === null) response.clearCookie(name, strict);
  else response.cookie(name, token, { ...strict, maxAge: challengeLifetime });
}

/** Browsers accept cookies with the `__Host-` prefix only over https and only from the host itself (RFC 6265bis, 4.1.3.2). */
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
