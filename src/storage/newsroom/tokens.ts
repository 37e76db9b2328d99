import { createHash, randomBytes } from 'node:crypto';

/** A random 256-bit token and its hash. Only the hash may be stored. */
export function makeToken(): { token: string; hash: string } {
  const token = randomBytes(32).toString('hex');
  return { token, hash: hashToken(token) };
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
