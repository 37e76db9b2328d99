import { sql, type SqlBool } from 'kysely';
import type { Picture } from '../../content/pictures/picture.ts';
import type { Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { findPhrases } from '../search/search.ts';
import { columns, toPicture } from './pictures.ts';

/** A picture as the newsroom sees it. */
export interface LibraryPicture extends Picture {
  /** Counts changes of the details. */
  version: number;
  /** The name of the uploaded file; empty if unknown. */
  fileName: string;
  /** Of the master, in bytes. */
  size: number;
  ownerId: number | null;
  /** The name of the editor who uploaded the picture. Null: not uploaded by an editor. */
  owner: string | null;
  createdAt: number;
}

export const libraryFilters = ['unused', 'undescribed'] as const;

export interface LibraryFilter {
  /** Folded. Each must begin a word of the picture's texts, or of the title of an article that uses the picture. */
  words: string[];
  only: (typeof libraryFilters)[number] | undefined;
  titles: SearchedTitles;
}

/** The articles whose titles find their pictures: all, or only those that readers see at a time (UTC milliseconds) and those of one owner. */
export type SearchedTitles = 'all' | { publishedBy: number; ownerId: number };

export interface ListedPicture extends LibraryPicture {
  /** The number of articles and other places that use the picture. */
  uses: number;
}

export async function findLibraryPicture(db: Handle, id: number): Promise<LibraryPicture | undefined> {
  const row = await selectPictures(db).where('picture.id', '=', id).executeTakeFirst();
  return row && toLibraryPicture(row);
}

/** By id. Leaves out pictures that do not exist. */
export async function findLibraryPictures(db: Handle, ids: number[]): Promise<Map<number, LibraryPicture>> {
  const rows = ids.length === 0 ? [] : await selectPictures(db).where('picture.id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, toLibraryPicture(row)]));
}

/** One page of the matching pictures, newest first; `before` is the id of the last picture on the previous page. */
export async function listLibrary(db: Database, { words, only, titles }: LibraryFilter, { before, limit }: { before: number | undefined; limit: number }): Promise<{ pictures: ListedPicture[]; next: number | undefined }> {
  const uses = sql<number | string>`(select count(*) from picture_use where picture_id = picture.id)`;
  let query = selectPictures(db.reader).select(uses.as('uses')).orderBy('picture.id', 'desc').limit(limit + 1);
  for (const word of words) query = query.where(await mentions(db, word, titles));
  if (only === 'unused') query = query.where(sql<SqlBool>`not exists (select 1 from picture_use where picture_id = picture.id)`);
  if (only === 'undescribed') query = query.where(sql<SqlBool>`picture.alt = '' and picture.is_decoration = 0`);
  if (before !== undefined) query = query.where('picture.id', '<', before);
  const rows = await query.execute();
  const pictures = rows.slice(0, limit).map((row) => ({ ...toLibraryPicture(row), uses: Number(row.uses) }));
  return { pictures, next: rows.length > limit ? pictures.at(-1)?.id : undefined };
}

async function mentions(db: Database, word: string, titles: SearchedTitles) {
  const phrases = await findPhrases(db, [{ words: [word], prefix: true }]);
  const pattern = `% ${word.replace(/[\\%_]/g, '\\$&')}%`;
  return sql<SqlBool>`(picture.search_text like ${pattern} escape '\\' or picture.id in (
    select picture_id from picture_use where kind = 'article' and place_id in ${db.search.matchingIds(phrases, 'title')} and ${isSearched(titles)}))`;
}

function isSearched(titles: SearchedTitles) {
  if (titles === 'all') return sql<SqlBool>`true`;
  return sql<SqlBool>`place_id in (select id from article where public_at <= ${titles.publishedBy} or owner_id = ${titles.ownerId})`;
}

function selectPictures(db: Handle) {
  return db
    .selectFrom('picture')
    .leftJoin('editor', 'editor.id', 'picture.owner_id')
    .select([...columns, 'picture.version', 'picture.file_name', 'picture.size', 'picture.owner_id', 'picture.created_at', 'editor.name as owner']);
}

type LibraryRow = Awaited<ReturnType<ReturnType<typeof selectPictures>['executeTakeFirstOrThrow']>>;

function toLibraryPicture(row: LibraryRow): LibraryPicture {
  return { ...toPicture(row), version: row.version, fileName: row.file_name, size: row.size, ownerId: row.owner_id, owner: row.owner, createdAt: row.created_at };
}

/** Who last changed a picture's details, and when. Undefined if nobody has. */
export async function findLastPictureChange(db: Handle, id: number): Promise<{ editor: string | null; at: number } | undefined> {
  return db
    .selectFrom('audit_log')
    .leftJoin('editor', 'editor.id', 'audit_log.editor_id')
    .select(['editor.name as editor', 'audit_log.at'])
    .where('picture_id', '=', id)
    .where('action', '=', 'picture-change')
    .orderBy('audit_log.id', 'desc')
    .limit(1)
    .executeTakeFirst();
}
