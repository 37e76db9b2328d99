import { cleanLine } from '../text/text.ts';

/** RFC 5321, 4.5.3.1.3 allows 256 octets including the angle brackets. */
const maxLength = 254;

/** Checks only for one `@` with text on both sides and no white space. Only sending a message could verify the address. */
export function parseEmail(text: string): string | undefined {
  const email = cleanLine(text).normalize('NFC');
  return /^[^\s@<>]+@[^\s@<>]+$/.test(email) && email.length <= maxLength ? email : undefined;
}

export function emailKey(email: string): string {
  return cleanLine(email).normalize('NFC').toLowerCase();
}
