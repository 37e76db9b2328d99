/** In code points. There are no composition rules (NIST SP 800-63B, 3.1.1.2). */
export const passwordLimits = { least: 12, most: 1000 };

export function passwordProblem(password: string): string | undefined {
  if (password === '') return 'Choose a password.';
  if (isTooLong(password)) return `This password has more than ${passwordLimits.most.toLocaleString('en')} characters: choose a shorter one.`;
  const length = [...password].length;
  if (length < passwordLimits.least) return `This password has ${length} ${length === 1 ? 'character' : 'characters'}: choose one of at least ${passwordLimits.least}.`;
  return undefined;
}

export function isTooLong(password: string): boolean {
  // A code point has at most two UTF-16 units, so this avoids counting the code points of megabytes.
  return password.length > 2 * passwordLimits.most || [...password].length > passwordLimits.most;
}
