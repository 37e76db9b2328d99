/** Recovery codes have only digits, about 80 random bits, so that one field with a numeric keypad takes both kinds of code. */
export const recoveryCodeLength = 24;

const maxLength = 100;

/** The digits of a code as it was typed: authenticator apps and the page of recovery codes show groups. */
export function readTypedCode(text: string): string {
  return text.slice(0, maxLength).normalize('NFKC').replaceAll(/[\s-]/g, '');
}

/** In groups of four digits. */
export function showRecoveryCode(code: string): string {
  return code.replaceAll(/\d{4}(?=\d)/g, '$& ');
}
