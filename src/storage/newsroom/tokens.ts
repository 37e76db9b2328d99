import { createHash, randomBytes } from 'node:crypto';

/** A random token of 256 bits, and the hash that alone is stored of it. */
export function makeToken(): { token: string; hash: string } {
  const token = randomBytes(32).toString('hex');
  return { token, hash: hashToken(token) };
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
