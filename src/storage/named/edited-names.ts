import { sql, type SqlBool } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { beginsWith, wordTables, type WordKind } from './name-words.ts';
import type { Named } from './named.ts';

/** An author or a topic as the newsroom sees it. */
export interface EditedName extends Named {
  /** The number of articles, in every state. */
  articles: number;
}

export interface NameFilter {
  /** Folded. Each must begin a word of the name. */
  words: string[];
  only: 'unused' | undefined;
}

/** One page of the matching names, sorted by `sortKey`; `after` is the key of the last name on the previous page. */
export async function listEditedNames(db: Database, kind: WordKind, { words, only }: NameFilter, { after, limit }: { after: string | undefined; limit: number }): Promise<{ names: EditedName[]; next: string | undefined }> {
  let query = selectNames(db.reader, kind).select('sort_key as key').orderBy('sort_key').limit(limit + 1);
  for (const word of words) query = query.where('id', 'in', (names) => names.selectFrom(wordTables[kind]).select('name_id').where(beginsWith('word', word)));
  if (only === 'unused') query = query.where(isUnused(kind));
  if (after !== undefined) query = query.where('sort_key', '>', after);
  const rows = await query.execute();
  const names = rows.slice(0, limit);
  return { names: names.map(toEditedName), next: rows.length > limit ? names.at(-1)?.key : undefined };
}

export async function findEditedName(db: Handle, kind: WordKind, id: number): Promise<EditedName | undefined> {
  const row = await selectNames(db, kind).where('id', '=', id).executeTakeFirst();
  return row && toEditedName(row);
}

export function isUnused(kind: WordKind) {
  return sql<SqlBool>`not exists (select 1 from ${links(kind)})`;
}

function selectNames(db: Handle, kind: WordKind) {
  return db.selectFrom(kind).select(['id', 'slug', 'name', sql<number | string>`(select count(*) from ${links(kind)})`.as('articles')]);
}

/** The rows that link a name's articles. */
function links(kind: WordKind) {
  return sql`${sql.table(`article_${kind}`)} where ${sql.ref(`${kind}_id`)} = ${sql.ref(`${kind}.id`)}`;
}

function toEditedName({ id, slug, name, articles }: Named & { articles: number | string }): EditedName {
  return { id, slug, name, articles: Number(articles) };
}
