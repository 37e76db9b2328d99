import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { recordAction } from '../newsroom/audit-log.ts';

export interface StoredArticle {
  slug: string;
  title: string;
  publishedAt: number | null;
}

export async function findImported(db: Handle, importKeys: string[]): Promise<Set<string>> {
  const rows = await db.selectFrom('article').select('import_key').where('import_key', 'in', importKeys).execute();
  return new Set(rows.flatMap((row) => row.import_key ?? []));
}

export async function findBySlugs(db: Database, slugs: string[]): Promise<Map<string, StoredArticle>> {
  const rows = await db.reader.selectFrom('article').select(['slug', 'title', 'published_at as publishedAt']).where('slug', 'in', slugs).execute();
  return new Map(rows.flatMap((row) => (row.slug === null ? [] : [[row.slug, { slug: row.slug, title: row.title, publishedAt: row.publishedAt }] as const])));
}

/** Enters an import of articles into the audit log, from the command line. */
export async function recordImport(db: Database, added: number, now: number): Promise<void> {
  if (added === 0) return;
  await inTransaction(db, (transaction) => recordAction(transaction, { editorId: null, action: 'import', detail: String(added) }, now));
}

/** Whether the site is new: it has no articles, and nothing that readers see has ever changed. */
export async function isEmpty(db: Database): Promise<boolean> {
  const article = await db.reader.selectFrom('article').select('id').limit(1).executeTakeFirst();
  const change = await db.reader.selectFrom('change').select('id').limit(1).executeTakeFirst();
  return article === undefined && change === undefined;
}
