import type { Database } from '../database/database.ts';
import { preparedQuery } from '../database/prepared-query.ts';
import { opening } from './openings.ts';

/** An article as its page shows it. Times are UTC milliseconds. */
export interface PublishedArticle {
  id: number;
  uid: string;
  slug: string;
  /** Inline Markdown. */
  title: string;
  standfirst: string;
  summary: string;
  /** How its text begins, if it has neither standfirst nor summary. */
  opening: string;
  bodyHtml: string;
  wordCount: number;
  language: string;
  publishedAt: number;
  updatedAt: number | null;
  /** A time of change that is yet to come, which is not shown before. */
  updatesAt: number | undefined;
  theme: { id: number; slug: string; name: string };
}

const publishedArticle = preparedQuery((db, slug: string, now: number) =>
  db
    .selectFrom('article')
    .innerJoin('theme', 'theme.id', 'article.theme_id')
    .select(['article.id', 'article.uid', 'article.slug', 'title', 'standfirst', 'summary', 'body_html', 'word_count', 'language', 'public_at', 'updated_at'])
    .select(opening.as('opening'))
    .select(['theme.id as theme_id', 'theme.slug as theme_slug', 'theme.name as theme_name'])
    .where('article.slug', '=', slug)
    .where('public_at', '<=', now),
);

/** The article at a slug, if it is published now. */
export async function findPublishedArticle(db: Database, slug: string, now: number): Promise<PublishedArticle | undefined> {
  const [row] = await publishedArticle(db, slug, now);
  if (!row || row.slug === null || row.public_at === null) return undefined;
  return {
    id: row.id,
    uid: row.uid,
    slug: row.slug,
    title: row.title,
    standfirst: row.standfirst,
    summary: row.summary,
    opening: row.opening,
    bodyHtml: row.body_html,
    wordCount: row.word_count,
    language: row.language,
    publishedAt: row.public_at,
    updatedAt: upTo(row.updated_at, now),
    updatesAt: after(row.updated_at, now),
    theme: { id: row.theme_id, slug: row.theme_slug, name: row.theme_name },
  };
}

/** Why the article at a slug was taken down, if it was published and is withdrawn. */
export async function findWithdrawal(db: Database, slug: string): Promise<{ id: number; withdrawnAt: number; reason: string } | undefined> {
  const row = await db.reader
    .selectFrom('article')
    .select(['id', 'withdrawn_at', 'withdrawn_reason'])
    .where('slug', '=', slug)
    .whereRef('first_published_at', '<=', 'withdrawn_at')
    .executeTakeFirst();
  if (!row || row.withdrawn_at === null) return undefined;
  return { id: row.id, withdrawnAt: row.withdrawn_at, reason: row.withdrawn_reason ?? '' };
}

/** A time of change, if it is not in the future: an import may say anything. */
export function upTo(time: number | null, now: number): number | null {
  return time !== null && time <= now ? time : null;
}

/** The same time, if it is in the future. */
export function after(time: number | null, now: number): number | undefined {
  return time !== null && time > now ? time : undefined;
}
