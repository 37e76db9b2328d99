import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { nameKey } from '../../content/articles/article.ts';
import { sortKey } from '../../content/named/sort-key.ts';
import type { Database } from '../database/database.ts';
import { nextId } from '../database/ids.ts';
import { preparedQuery } from '../database/prepared-query.ts';
import type { Handle, NamedKind } from '../database/schema.ts';
import { setNameWords } from './name-words.ts';
import { findFreeSlug, findNewSlug } from './slugs.ts';

export interface Named {
  id: number;
  slug: string;
  name: string;
}

export async function findNamed(db: Database, kind: NamedKind, slug: string): Promise<Named | undefined> {
  return db.reader.selectFrom(kind).select(['id', 'slug', 'name']).where('slug', '=', slug).executeTakeFirst();
}

/** Finds former slugs too. */
export async function findByAnySlug(db: Database, kind: NamedKind, slug: string, now: number): Promise<Named | undefined> {
  const named = await findNamed(db, kind, slug);
  if (named) return named;
  const newSlug = await findNewSlug(db, kind, slug, now);
  return newSlug === undefined ? undefined : findNamed(db, kind, newSlug);
}

/** The ids of a theme and of all themes that were merged into it or are being merged. The search index still has the old ids. */
export async function listSearchedThemes(db: Database, id: number): Promise<number[]> {
  const merged = await db.reader.selectFrom('merged_theme').select('id').where('into_id', '=', id).execute();
  return [id, ...merged.map((row) => row.id)];
}

/** Compares names by `nameKey`, and finds former names too. */
export async function findByName(db: Handle, kind: NamedKind, name: string): Promise<Named | undefined> {
  const key = nameKey(name);
  // Rows whose names became equal when `nameKey` was introduced have the key, a space and their id, and are distinguished by
  // their exact names. The exclamation mark follows the space in ASCII.
  const rows = await db.selectFrom(kind).select(['id', 'slug', 'name']).where('name_key', '>=', key).where('name_key', '<', `${key}!`).orderBy('name_key').execute();
  const known = rows.find((row) => row.name === name) ?? rows[0];
  if (known) return known;
  const former = await db.selectFrom('old_name').select('target_id').where('kind', '=', kind).where('name_key', '=', key).executeTakeFirst();
  return former && db.selectFrom(kind).select(['id', 'slug', 'name']).where('id', '=', former.target_id).executeTakeFirst();
}

const namesOf = preparedQuery((db, articleId: number) =>
  db
    .selectFrom('article_author')
    .innerJoin('author', 'author.id', 'article_author.author_id')
    .select([sql<string>`'author'`.as('kind'), 'position', 'author.id', 'author.slug', 'author.name'])
    .where('article_id', '=', articleId)
    .unionAll(
      db
        .selectFrom('article_topic')
        .innerJoin('topic', 'topic.id', 'article_topic.topic_id')
        .select([sql<string>`'topic'`.as('kind'), 'position', 'topic.id', 'topic.slug', 'topic.name'])
        .where('article_id', '=', articleId),
    ),
);

export async function listNamesOf(db: Database, articleId: number): Promise<{ authors: Named[]; topics: Named[] }> {
  const names = (await namesOf(db, articleId)).toSorted((a, b) => a.position - b.position);
  return { authors: names.filter(({ kind }) => kind === 'author'), topics: names.filter(({ kind }) => kind === 'topic') };
}

/** The columns that follow from a name. */
export function keysOf(name: string): { name_key: string; sort_key: string } {
  const key = nameKey(name);
  return { name_key: key, sort_key: sortKey(key) };
}

/** Finds themes, topics and authors by name during one transaction, and creates missing ones. */
export class NameResolver {
  hasCreated = false;
  readonly #transaction: Handle;
  readonly #known = new Map<string, number>();

  constructor(transaction: Handle) {
    this.#transaction = transaction;
  }

  async idOf(kind: NamedKind, name: string, language: string): Promise<number> {
    const key = `${kind}:${name}`;
    const id = this.#known.get(key) ?? (await findByName(this.#transaction, kind, name))?.id ?? (await this.#create(kind, name, language));
    this.#known.set(key, id);
    return id;
  }

  async #create(kind: NamedKind, name: string, language: string): Promise<number> {
    this.hasCreated = true;
    const id = await nextId(this.#transaction, kind);
    const slug = await findFreeSlug(this.#transaction, kind, { text: name, language }, id);
    await this.#transaction.insertInto(kind).values({ id, name, ...keysOf(name), slug, feed_id: `urn:uuid:${randomUUID()}` }).execute();
    await setNameWords(this.#transaction, kind, id, name);
    return id;
  }
}
