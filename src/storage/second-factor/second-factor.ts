import type { Handle } from '../database/schema.ts';
import { recordAction, type AuditAction } from '../newsroom/audit-log.ts';
import { endSessions } from '../newsroom/sessions.ts';
import { recordSuccess, type Attempt } from '../newsroom/sign-in-failures.ts';

/** What an account can sign in with besides its password. */
export interface SecondFactor {
  /** When the authenticator app was set up. Undefined: not set up. */
  totpSince: number | undefined;
  passkeys: number;
  /** When the newest passkey was added. */
  newestPasskey: number | undefined;
  recoveryCodes: number;
}

export async function findSecondFactor(db: Handle, editorId: number): Promise<SecondFactor> {
  const totp = await db.selectFrom('totp').select('created_at').where('editor_id', '=', editorId).executeTakeFirst();
  const passkeys = await db.selectFrom('passkey').select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.max('created_at').as('newest')]).where('editor_id', '=', editorId).executeTakeFirstOrThrow();
  const codes = await db.selectFrom('recovery_code').select((eb) => eb.fn.countAll<number>().as('count')).where('editor_id', '=', editorId).executeTakeFirstOrThrow();
  return { totpSince: totp?.created_at, passkeys: passkeys.count, newestPasskey: passkeys.newest ?? undefined, recoveryCodes: codes.count };
}

export async function hasSecondFactor(db: Handle, editorId: number): Promise<boolean> {
  const { totpSince, passkeys } = await findSecondFactor(db, editorId);
  return totpSince !== undefined || passkeys > 0;
}

/** Changes if an app is set up or a passkey is added or removed. */
export function secondFactorVersion({ totpSince, passkeys, newestPasskey }: SecondFactor): string {
  return `${totpSince ?? ''}-${passkeys}-${newestPasskey ?? ''}`;
}

/** An editor's change of their own second factor. */
export interface SecondFactorChange {
  editorId: number;
  /** The session that stays, while all others end. */
  sessionId: number;
  /** The attempt with the right password, if the change needs the password. */
  attempt?: Attempt | undefined;
}

/** Completes a change in its transaction. Recovery codes alone are no second factor, so they go with the last one. */
export async function completeChange(transaction: Handle, { editorId, sessionId, attempt }: SecondFactorChange, { action, detail }: { action: AuditAction; detail?: string }, now: number): Promise<void> {
  if (attempt) await recordSuccess(transaction, attempt);
  if (!(await hasSecondFactor(transaction, editorId))) await transaction.deleteFrom('recovery_code').where('editor_id', '=', editorId).execute();
  await endSessions(transaction, editorId, { except: sessionId });
  await recordAction(transaction, { editorId, action, detail }, now);
}

export async function deleteSecondFactor(transaction: Handle, editorId: number): Promise<void> {
  for (const table of ['totp', 'recovery_code', 'passkey'] as const) await transaction.deleteFrom(table).where('editor_id', '=', editorId).execute();
}
