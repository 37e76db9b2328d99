import { cleanLine } from '../text/text.ts';

/** RFC 5321, 4.5.3.1.3: a path of 256 octets has its angle brackets in it. */
const longest = 254;

/**
 * Reads an e-mail address, or undefined where it cannot be one: something, one `@`, something, no white space.
 * Whether somebody has it only a message to it could tell.
 */
export function parseEmail(text: string): string | undefined {
  const email = cleanLine(text).normalize('NFC');
  return /^[^\s@<>]+@[^\s@<>]+$/.test(email) && email.length <= longest ? email : undefined;
}

/** An address as two writings of it are compared. */
export function emailKey(email: string): string {
  return cleanLine(email).normalize('NFC').toLowerCase();
}
