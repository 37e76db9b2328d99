import type { Database } from '../database/database.ts';
import { preparedQuery } from '../database/prepared-query.ts';
import type { Handle } from '../database/schema.ts';

export interface Correction {
  id: number;
  uid: string;
  /** UTC milliseconds. */
  at: number;
  /** Plain text, with line breaks. */
  text: string;
}

export interface ListedCorrection extends Correction {
  article: { id: number; slug: string; title: string; language: string; theme: string };
}

const correctionsOf = preparedQuery((db, articleId: number) => db.selectFrom('correction').select(['id', 'uid', 'at', 'text']).where('article_id', '=', articleId).orderBy('id'));

/** Oldest first, also if the article is withdrawn. */
export async function listCorrectionsOf(db: Database, articleId: number): Promise<Correction[]> {
  return correctionsOf(db, articleId);
}

/** Oldest first, with the names of the editors who added them. */
export async function listCorrectionsWithEditors(db: Database, articleId: number): Promise<(Correction & { editor: string })[]> {
  return db.reader.selectFrom('correction').innerJoin('editor', 'editor.id', 'editor_id').select(['correction.id', 'uid', 'at', 'text', 'editor.name as editor']).where('article_id', '=', articleId).orderBy('correction.id').execute();
}

/** The corrections of published articles, newest first; `before` is the id of a correction. */
export async function listCorrections(db: Database, { now, limit, before }: { now: number; limit: number; before?: number | undefined }): Promise<ListedCorrection[]> {
  let query = visible(db.reader, now)
    .innerJoin('theme', 'theme.id', 'article.theme_id')
    .select(['correction.id', 'correction.uid', 'at', 'text', 'article_id', 'article.slug', 'title', 'language', 'theme.name as theme'])
    .orderBy('correction.id', 'desc')
    .limit(limit);
  if (before !== undefined) query = query.where('correction.id', '<', before);
  const rows = await query.execute();
  return rows.map(({ article_id: id, slug, title, language, theme, ...correction }) => ({ ...correction, article: { id, slug: slug ?? '', title, language, theme } }));
}

export async function hasCorrections(db: Database, now: number): Promise<boolean> {
  return (await visible(db.reader, now).select('correction.id').limit(1).executeTakeFirst()) !== undefined;
}

/** The tags of a change to which corrections of an article readers see; none if it has no corrections. */
export async function findCorrectionTags(transaction: Handle, articleId: number, now: number): Promise<string[]> {
  const own = await transaction.selectFrom('correction').select('id').where('article_id', '=', articleId).limit(1).executeTakeFirst();
  if (!own) return [];
  const other = await visible(transaction, now).select('correction.id').where('article_id', '<>', articleId).limit(1).executeTakeFirst();
  return other ? ['corrections'] : ['corrections', 'any-corrections'];
}

function visible(db: Handle, now: number) {
  return db.selectFrom('correction').innerJoin('article', 'article.id', 'correction.article_id').where('public_at', '<=', now);
}
