/** The length of a password, in code points. As NIST SP 800-63B-4 (3.1.1.2) requires, there are no rules about kinds of characters. */
export const passwordLimits = { min: 12, max: 1000 };

/** A `Message` (src/messages/catalogue.ts), which content must not import. */
export type PasswordProblem =
  | { key: 'accounts.passwordMissing' }
  | { key: 'accounts.passwordTooLong'; values: { max: number } }
  | { key: 'accounts.passwordTooShort'; values: { length: number; min: number } }
  | { key: 'accounts.passwordIsEmail' };

/** @param email the address with which the editor signs in; undefined if it is invalid */
export function passwordProblem(password: string, email: string | undefined): PasswordProblem | undefined {
  const { min, max } = passwordLimits;
  if (password === '') return { key: 'accounts.passwordMissing' };
  if (isTooLong(password)) return { key: 'accounts.passwordTooLong', values: { max } };
  const length = [...password].length;
  if (length < min) return { key: 'accounts.passwordTooShort', values: { length, min } };
  return password.trim().toLowerCase() === email?.toLowerCase() ? { key: 'accounts.passwordIsEmail' } : undefined;
}

export function isTooLong(password: string): boolean {
  // A code point has at most two UTF-16 units, so this avoids counting the code points of megabytes.
  return password.length > 2 * passwordLimits.max || [...password].length > passwordLimits.max;
}
