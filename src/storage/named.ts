import { sql } from 'kysely';
import { nameKey } from '../content/article.ts';
import type { Database, Handle } from './database.ts';
import { keptQuery } from './kept-query.ts';
import { freeSlug } from './slugs.ts';

/** A theme, a topic or an author. */
export interface Named {
  id: number;
  slug: string;
  name: string;
}

export type NamedKind = 'theme' | 'topic' | 'author';

export async function findNamed(db: Database, kind: NamedKind, slug: string): Promise<Named | undefined> {
  return db.reader.selectFrom(kind).select(['id', 'slug', 'name']).where('slug', '=', slug).executeTakeFirst();
}

/** The theme, topic or author of a name, however it is written; also of the name that it had before. */
export async function findByName(db: Handle, kind: NamedKind, name: string): Promise<Named | undefined> {
  const key = nameKey(name);
  const known = await db.selectFrom(kind).select(['id', 'slug', 'name']).where('name_key', '=', key).executeTakeFirst();
  if (known) return known;
  const former = await db.selectFrom('old_name').select('target_id').where('kind', '=', kind).where('name_key', '=', key).executeTakeFirst();
  return former && db.selectFrom(kind).select(['id', 'slug', 'name']).where('id', '=', former.target_id).executeTakeFirst();
}

/** The themes that have something published, oldest theme first: the navigation. */
export async function listThemes(db: Database, now: number): Promise<Named[]> {
  return db.reader
    .selectFrom('theme')
    .select(['id', 'slug', 'name'])
    .where(({ exists, selectFrom }) => exists(selectFrom('article').select('article.id').whereRef('article.theme_id', '=', 'theme.id').where('article.public_at', '<=', now)))
    .orderBy('id')
    .execute();
}

const namesOf = keptQuery((db, articleId: number) =>
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

/** Who wrote an article and what it is about, each in its order. */
export async function listNamesOf(db: Database, articleId: number): Promise<{ authors: Named[]; topics: Named[] }> {
  const names = (await namesOf(db, articleId)).toSorted((a, b) => a.position - b.position);
  return { authors: names.filter(({ kind }) => kind === 'author'), topics: names.filter(({ kind }) => kind === 'topic') };
}

/** The id of the theme, topic or author of that name, which is made if there is none. */
export async function ensureNamed(transaction: Handle, kind: NamedKind, name: string): Promise<number> {
  const known = await findByName(transaction, kind, name);
  if (known) return known.id;
  const id = await nextId(transaction, kind);
  await transaction.insertInto(kind).values({ id, name, name_key: nameKey(name), slug: await freeSlug(transaction, kind, name, id) }).execute();
  return id;
}

/** As {@link ensureNamed} within one transaction, for many: each name is looked for once. */
export function namesEnsured(transaction: Handle): (kind: NamedKind, name: string) => Promise<number> {
  const known = new Map<string, number>();
  return async (kind, name) => {
    const key = `${kind}:${nameKey(name)}`;
    const id = known.get(key) ?? (await ensureNamed(transaction, kind, name));
    known.set(key, id);
    return id;
  };
}

async function nextId(transaction: Handle, kind: NamedKind): Promise<number> {
  const { last } = await transaction.selectFrom(kind).select((eb) => eb.fn.max('id').as('last')).executeTakeFirstOrThrow();
  return (last ?? 0) + 1;
}
