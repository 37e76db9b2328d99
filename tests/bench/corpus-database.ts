import { sql } from 'kysely';
import { readConfig } from '../../src/config.ts';
import { decodeRelated } from '../../src/content/related/related-list.ts';
import { openDatabase } from '../../src/startup/open-database.ts';
import type { Handle } from '../../src/storage/database/schema.ts';
import { between, pickMany, type Random } from './random.ts';
import type { Settings } from './site.ts';

/** What the addresses of an article's pages are made of. */
export interface ArticleRef {
  id: number;
  slug: string;
  publishedAt: number;
  theme: string;
  author: string;
}

export async function countArticles(settings: Settings): Promise<number> {
  return read(settings, async (db) => Number((await db.selectFrom('article').select(({ fn }) => fn.countAll().as('count')).executeTakeFirstOrThrow()).count));
}

/** Opens the database for repeated queries of the newest article's id, which are cheap. The id is 0 while there are no articles. */
export async function watchNewestId(settings: Settings): Promise<{ id(): Promise<number> } & AsyncDisposable> {
  const db = await openDatabase(readConfig(settings));
  return { id: () => newestId(db.reader), [Symbol.asyncDispose]: () => db.close() };
}

/** The lowest and the highest markup version of the stored HTML. */
export async function markupVersions(settings: Settings): Promise<number[]> {
  return read(settings, async (db) => {
    const { min, max } = await db.selectFrom('article').select(({ fn }) => [fn.min('markup_version').as('min'), fn.max('markup_version').as('max')]).executeTakeFirstOrThrow();
    return [min, max];
  });
}

export interface StoredMatch {
  id: number;
  slug: string;
  /** Negative: the article is alone in its storyline. */
  storyline: number;
  /** The ids of the related articles, most relevant first. */
  related: number[];
}

export async function listStoredMatches(settings: Settings): Promise<StoredMatch[]> {
  return read(settings, async (db) => {
    const rows = await db.selectFrom('article').innerJoin('storyline_article', 'storyline_article.article_id', 'article.id').innerJoin('signature', 'signature.article_id', 'article.id').select(['article.id', 'slug', 'storyline_id', 'related']).execute();
    return rows.map(({ id, slug, storyline_id: storylineId, related }) => ({ id, slug: slug ?? '', storyline: storylineId ?? -id, related: decodeRelated(related).map((other) => other.id) }));
  });
}

/** The slugs of `count` different articles, or of all if there are fewer. */
export async function randomSlugs(settings: Settings, count: number, random: Random): Promise<string[]> {
  return read(settings, async (db) => {
    const rows = await db.selectFrom('article').select('slug').where('slug', 'is not', null).orderBy('slug').execute();
    return pickMany(random, rows.map(({ slug }) => slug ?? ''), count);
  });
}

/** `count` articles with their theme and first author, possibly with repetitions. */
export async function randomArticles(settings: Settings, count: number, random: Random): Promise<ArticleRef[]> {
  return read(settings, async (db) => {
    const last = await newestId(db);
    const found: ArticleRef[] = [];
    while (found.length < count) {
      const { rows } = await sql<ArticleRef>`
        select article.id, article.slug, article.published_at as "publishedAt", theme.slug as theme, author.slug as author
        from article join theme on theme.id = theme_id
        join article_author on article_author.article_id = article.id
        join author on author.id = author_id
        where article.id = ${between(random, 1, last)} order by article_author.position limit 1`.execute(db);
      found.push(...rows);
    }
    return found;
  });
}

async function newestId(db: Handle): Promise<number> {
  const { last } = await db.selectFrom('article').select(({ fn }) => fn.max('id').as('last')).executeTakeFirstOrThrow();
  return Number(last ?? 0);
}

async function read<Result>(settings: Settings, query: (db: Handle) => Promise<Result>): Promise<Result> {
  const db = await openDatabase(readConfig(settings));
  try {
    return await query(db.reader);
  } finally {
    await db.close();
  }
}
