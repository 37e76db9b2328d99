import { cleanLine } from '../../content/text/text.ts';
import { inTransaction, type Database } from '../database/database.ts';
import { preparedQuery } from '../database/prepared-query.ts';
import type { Handle } from '../database/schema.ts';
import type { Editor } from './editors.ts';
import { hashToken, makeToken } from './tokens.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** In milliseconds. During `attribution`, an expired session gives no access, but a late text can still be attributed to its editor. */
export const sessionTimeouts = { idle: 3 * day, absolute: 30 * day, attribution: 7 * day };
/** In milliseconds. Without an interval, every request would cause a write. */
const seenUpdateInterval = 5 * 60_000;

export interface Session {
  id: number;
  editor: Editor;
  isExpired: boolean;
}

export async function startSession(transaction: Handle, editorId: number, userAgent: string, now: number): Promise<string> {
  const { token, hash } = makeToken();
  await transaction.deleteFrom('session').where('seen_at', '<', now - sessionTimeouts.idle - sessionTimeouts.attribution).execute();
  await transaction
    .insertInto('session')
    .values({ token_hash: hash, editor_id: editorId, created_at: now, seen_at: now, user_agent: cleanLine(userAgent).slice(0, 300).toWellFormed() })
    .execute();
  return token;
}

/** Also finds sessions that expired during the last week, but no sessions of disabled editors. */
export async function findSession(db: Database, token: string, now: number): Promise<Session | undefined> {
  const [row] = await sessionRows(db, hashToken(token));
  if (!row) return undefined;
  const end = Math.min(row.seen_at + sessionTimeouts.idle, row.created_at + sessionTimeouts.absolute);
  if (now > end + sessionTimeouts.attribution) return undefined;
  if (now <= end && now - row.seen_at > seenUpdateInterval) await updateSeenAt(db, row.session_id, now);
  return { id: row.session_id, editor: { id: row.id, email: row.email, name: row.name, role: row.role }, isExpired: now > end };
}

const sessionRows = preparedQuery((db, tokenHash: string) =>
  db
    .selectFrom('session')
    .innerJoin('editor', 'editor.id', 'session.editor_id')
    .select(['session.id as session_id', 'session.created_at', 'seen_at', 'editor.id', 'email', 'name', 'role'])
    .where('token_hash', '=', tokenHash)
    .where('disabled_at', 'is', null),
);

/** Ignores a database that refuses writes, so that editors can still read pages. */
async function updateSeenAt(db: Database, id: number, now: number): Promise<void> {
  try {
    await inTransaction(db, async (transaction) => {
      await transaction.updateTable('session').set({ seen_at: now }).where('id', '=', id).execute();
    });
  } catch (error) {
    if (db.troubleOf(error) === undefined) throw error;
  }
}

export interface ListedSession {
  id: number;
  createdAt: number;
  seenAt: number;
  userAgent: string;
}

export async function listSessions(db: Database, editorId: number, now: number): Promise<ListedSession[]> {
  return db.reader
    .selectFrom('session')
    .select(['id', 'created_at as createdAt', 'seen_at as seenAt', 'user_agent as userAgent'])
    .where('editor_id', '=', editorId)
    .where('seen_at', '>=', now - sessionTimeouts.idle)
    .where('created_at', '>=', now - sessionTimeouts.absolute)
    .orderBy('seen_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** Ends the sessions of an editor: one, all except one, or all. Unless only one ends, sign-ins that wait for their second step end too. */
export async function endSessions(transaction: Handle, editorId: number, { id, except }: { id?: number; except?: number } = {}): Promise<void> {
  let sessions = transaction.deleteFrom('session').where('editor_id', '=', editorId);
  if (id !== undefined) sessions = sessions.where('id', '=', id);
  if (except !== undefined) sessions = sessions.where('id', '<>', except);
  await sessions.execute();
  if (id === undefined) await transaction.deleteFrom('challenge').where('editor_id', '=', editorId).execute();
}
