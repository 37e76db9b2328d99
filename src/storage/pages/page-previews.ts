import { inTransaction, type Database } from '../database/database.ts';
import { hashToken, makeToken } from '../newsroom/tokens.ts';

export interface PagePreview {
  title: string;
  bodyHtml: string;
}

/** Returns the token of a link that shows a text as a page until `expiresAt` (UTC milliseconds). */
export async function addPagePreview(db: Database, { title, bodyHtml }: PagePreview, expiresAt: number, now: number): Promise<string> {
  const { token, hash } = makeToken();
  await inTransaction(db, async (transaction) => {
    await transaction.deleteFrom('page_preview').where('expires_at', '<', now).execute();
    await transaction.insertInto('page_preview').values({ token_hash: hash, expires_at: expiresAt, title, body_html: bodyHtml }).execute();
  });
  return token;
}

/** Undefined if the token is unknown or expired. */
export async function findPagePreview(db: Database, token: string, now: number): Promise<PagePreview | undefined> {
  return db.reader.selectFrom('page_preview').select(['title', 'body_html as bodyHtml']).where('token_hash', '=', hashToken(token)).where('expires_at', '>=', now).executeTakeFirst();
}
