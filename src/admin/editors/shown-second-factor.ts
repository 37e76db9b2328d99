import type { Messages } from '../../messages/messages.ts';
import { secondFactorVersion, type SecondFactor } from '../../storage/second-factor/second-factor.ts';

/** What an account can sign in with besides its password. Undefined: nothing. */
export function showSecondFactor(factor: SecondFactor, { text }: Messages): { words: string; seen: string } | undefined {
  const { totpSince, passkeys, recoveryCodes } = factor;
  if (totpSince === undefined && passkeys === 0) return undefined;
  const parts = [
    ...(totpSince === undefined ? [] : [text('newsroomEditors.secondFactorApp')]),
    ...(passkeys === 0 ? [] : [text('newsroomEditors.secondFactorPasskeys', { count: passkeys })]),
    text('newsroomEditors.recoveryCodesLeft', { count: recoveryCodes }),
  ];
  return { words: parts.join(' · '), seen: secondFactorVersion(factor) };
}
