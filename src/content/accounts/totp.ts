import { TOTP } from 'otpauth';

/** The only values that every authenticator app supports (RFC 6238). The period is in seconds. */
const parameters = { algorithm: 'SHA1', digits: 6, period: 30 };

/** Whether a text is a secret of 160 bits in Base32 (RFC 4226, 4, requirement 6). */
export function isTotpSecret(text: string): boolean {
  return /^[A-Z2-7]{32}$/.test(text);
}

/** The content of the QR code that an authenticator app scans. */
export function totpUri(secret: string, { issuer, label }: { issuer: string; label: string }): string {
  return new TOTP({ ...parameters, secret, issuer, label }).toString();
}

/** The time step that a code belongs to: the current one or, because clocks differ, the one before or after it. Compares in constant time. */
export function matchTotp(secret: string, code: string, now: number): number | undefined {
  const totp = new TOTP({ ...parameters, secret });
  const delta = totp.validate({ token: code, timestamp: now, window: 1 });
  return delta === null ? undefined : totp.counter({ timestamp: now }) + delta;
}
