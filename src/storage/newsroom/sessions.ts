import { cleanLine } from '../../content/text/text.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import type { Editor } from './editors.ts';
import { hashToken, makeToken } from './tokens.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** How long a session lives unused, how long at most, and how long after its end it still tells whose a text is that arrives with it. */
export const sessionTimeouts = { idle: 3 * day, absolute: 30 * day, attribution: 7 * day };
/** How far behind "last seen" may be: not each request is worth a write. */
const seenUpdateInterval = 5 * 60_000;

export interface Session {
  id: number;
  editor: Editor;
  /** Over: it lets nobody in, and only tells whose the text is that was typed in it. */
  isExpired: boolean;
}

/** Begins a session. Returns the token for the browser to keep. */
export async function startSession(transaction: Handle, editorId: number, userAgent: string, now: number): Promise<string> {
  const { token, hash } = makeToken();
  await transaction.deleteFrom('session').where('seen_at', '<', now - sessionTimeouts.idle - sessionTimeouts.attribution).execute();
  await transaction
    .insertInto('session')
    .values({ token_hash: hash, editor_id: editorId, created_at: now, seen_at: now, user_agent: cleanLine(userAgent).slice(0, 300).toWellFormed() })
    .execute();
  return token;
}

/** The session that a token belongs to, also one that ended less than a week ago. None for editors who are disabled. */
export async function findSession(db: Database, token: string, now: number): Promise<Session | undefined> {
  const row = await db.reader
    .selectFrom('session')
    .innerJoin('editor', 'editor.id', 'session.editor_id')
    .select(['session.id as session_id', 'session.created_at', 'seen_at', 'editor.id', 'email', 'name', 'role'])
    .where('token_hash', '=', hashToken(token))
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  if (!row) return undefined;
  const end = Math.min(row.seen_at + sessionTimeouts.idle, row.created_at + sessionTimeouts.absolute);
  if (now > end + sessionTimeouts.attribution) return undefined;
  if (now <= end && now - row.seen_at > seenUpdateInterval) await updateSeenAt(db, row.session_id, now);
  return { id: row.session_id, editor: { id: row.id, email: row.email, name: row.name, role: row.role }, isExpired: now > end };
}

/** While the database takes no writes, this one is left out: pages can still be read. */
async function updateSeenAt(db: Database, id: number, now: number): Promise<void> {
  try {
    await inTransaction(db, async (transaction) => {
      await transaction.updateTable('session').set({ seen_at: now }).where('id', '=', id).execute();
    });
  } catch (error) {
    if (db.troubleOf(error) === undefined) throw error;
  }
}

/** A session as its editor sees it. */
export interface ListedSession {
  id: number;
  createdAt: number;
  seenAt: number;
  userAgent: string;
}

/** The sessions of an editor that let them in, the one used last first. */
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

/** Ends the sessions of an editor: the one with `id`, all but the one with `except`, or all. */
export async function endSessions(transaction: Handle, editorId: number, { id, except }: { id?: number; except?: number } = {}): Promise<void> {
  let sessions = transaction.deleteFrom('session').where('editor_id', '=', editorId);
  if (id !== undefined) sessions = sessions.where('id', '=', id);
  if (except !== undefined) sessions = sessions.where('id', '<>', except);
  await sessions.execute();
}
