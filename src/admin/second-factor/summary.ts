import { relyingParty } from '../../content/accounts/relying-party.ts';
import type { Context } from '../../context.ts';
import { listPasskeys } from '../../storage/second-factor/passkeys.ts';
import { findSecondFactor } from '../../storage/second-factor/second-factor.ts';
import type { EditorRequest } from '../action.ts';
import { removalPath } from './passkey-removal.ts';

/** The section of the account page about the second factor. */
export async function showSecondFactor({ db, config }: Context, { editor, messages, times }: EditorRequest) {
  const { totpSince, passkeys: count, recoveryCodes } = await findSecondFactor(db.reader, editor.id);
  const passkeys = await listPasskeys(db.reader, editor.id);
  return {
    totpSince: totpSince === undefined ? undefined : times.date(totpSince),
    recoveryCodes: totpSince === undefined && count === 0 ? undefined : messages.text('newsroomSecondFactor.codesLeft', { count: recoveryCodes }),
    passkeys: passkeys.map(({ credentialId, name, createdAt, usedAt }) => ({ name, added: times.date(createdAt), used: usedAt === null ? undefined : times.date(usedAt), removal: removalPath(credentialId) })),
    isPasskeyPossible: relyingParty(config.siteUrl) !== undefined,
  };
}
