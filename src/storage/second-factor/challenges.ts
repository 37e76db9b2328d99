import { networkOf } from '../../content/accounts/network.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import type { ChallengeTable } from '../database/second-factor-tables.ts';
import { recordSuccess, type Attempt } from '../newsroom/sign-in-failures.ts';
import { hashToken, makeToken } from '../newsroom/tokens.ts';

/** In milliseconds. */
export const challengeLifetime = 5 * 60_000;
/** Anybody can ask for challenges to sign in with a passkey, and each is a row. */
const maxOpenPerNetwork = 100;

type Purpose = ChallengeTable['purpose'];

/** The token of the second step of a sign-in whose password was right. */
export async function issueSecondStep(transaction: Handle, editorId: number, now: number): Promise<string> {
  return insertChallenge(transaction, { purpose: 'second step', editor_id: editorId, network: null }, now);
}

/** For an editor who has confirmed their password with `attempt`. */
export async function issuePasskeyChallenge(db: Database, editorId: number, attempt: Attempt, now: number): Promise<string> {
  return inTransaction(db, async (transaction) => {
    await recordSuccess(transaction, attempt);
    return insertChallenge(transaction, { purpose: 'new passkey', editor_id: editorId, network: null }, now);
  });
}

/** Returns undefined if too many challenges for the address are open. */
export async function issueSignInChallenge(db: Database, address: string, now: number): Promise<string | undefined> {
  const network = networkOf(address);
  return inTransaction(db, async (transaction) => {
    const { open } = await transaction.selectFrom('challenge').select((eb) => eb.fn.countAll<number>().as('open')).where('network', '=', network).where('expires_at', '>', now).executeTakeFirstOrThrow();
    return open < maxOpenPerNetwork ? insertChallenge(transaction, { purpose: 'passkey sign-in', editor_id: null, network }, now) : undefined;
  });
}

/** The editor of an open challenge, or null if it has none; undefined if it was used or has expired. */
export async function findChallenge(db: Handle, purpose: Purpose, token: string, now: number): Promise<{ editorId: number | null } | undefined> {
  const row = await db.selectFrom('challenge').select('editor_id').where('token_hash', '=', hashToken(token)).where('purpose', '=', purpose).where('expires_at', '>', now).executeTakeFirst();
  return row && { editorId: row.editor_id };
}

/** Uses up an open challenge and returns what `findChallenge` returns. */
export async function takeChallenge(transaction: Handle, purpose: Purpose, token: string, now: number): Promise<{ editorId: number | null } | undefined> {
  const row = await transaction.deleteFrom('challenge').where('token_hash', '=', hashToken(token)).where('purpose', '=', purpose).where('expires_at', '>', now).returning('editor_id').executeTakeFirst();
  return row && { editorId: row.editor_id };
}

async function insertChallenge(transaction: Handle, challenge: Pick<ChallengeTable, 'purpose' | 'editor_id' | 'network'>, now: number): Promise<string> {
  const { token, hash } = makeToken();
  await transaction.deleteFrom('challenge').where('expires_at', '<=', now).execute();
  await transaction.insertInto('challenge').values({ token_hash: hash, ...challenge, expires_at: now + challengeLifetime }).execute();
  return token;
}
