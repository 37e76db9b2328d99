import { cleanLine } from '../text/text.ts';

/** RFC 5321, 4.5.3.1.3: a path has at most 256 octets, including its angle brackets. */
const maxLength = 254;

/**
 * Reads an email address. Undefined if it can't be one: an address is text, one `@` and text, without white space.
 * Whether the address exists is not checked.
 */
export function parseEmail(text: string): string | undefined {
  const email = cleanLine(text).normalize('NFC');
  return /^[^\s@<>]+@[^\s@<>]+$/.test(email) && email.length <= maxLength ? email : undefined;
}

/** The form in which email addresses are compared. */
export function emailKey(email: string): string {
  return cleanLine(email).normalize('NFC').toLowerCase();
}
