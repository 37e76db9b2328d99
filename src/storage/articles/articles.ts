import type { TextOverrides } from '../../content/pictures/picture.ts';
import { relatedIds } from '../../content/related/related-list.ts';
import type { Database } from '../database/database.ts';
import { preparedQuery } from '../database/prepared-query.ts';
import { opening } from './openings.ts';

export interface PublishedArticle {
  id: number;
  uid: string;
  slug: string;
  /** Inline Markdown. */
  title: string;
  standfirst: string;
  summary: string;
  /** The beginning of the body text; empty if the article has a standfirst or a summary. */
  opening: string;
  bodyHtml: string;
  wordCount: number;
  language: string;
  publishedAt: number;
  updatedAt: number | null;
  /** The update time, if it is in the future. */
  updatesAt: number | undefined;
  theme: { id: number; slug: string; name: string; /** The navigation leaves it out. */ isHidden: boolean };
  /** The lead picture. */
  picture: ({ id: number } & TextOverrides) | undefined;
  /** Null: the article is alone in its storyline. */
  storylineId: number | null;
  /** The ids of related articles, most relevant first. Some may not be published. */
  related: number[];
  corrections: number;
  /** How many versions readers have seen; 0 for an imported article that was never edited. */
  publicVersions: number;
}

const publishedArticle = preparedQuery((db, slug: string, now: number) =>
  db
    .selectFrom('article')
    .innerJoin('theme', 'theme.id', 'article.theme_id')
    .leftJoin('lead_picture', 'lead_picture.article_id', 'article.id')
    .leftJoin('storyline_article', 'storyline_article.article_id', 'article.id')
    .leftJoin('signature', 'signature.article_id', 'article.id')
    .select(['article.id', 'article.uid', 'article.slug', 'title', 'standfirst', 'summary', 'body_html', 'word_count', 'language', 'article.public_at', 'updated_at'])
    .select(['lead_picture.picture_id', 'lead_picture.alt', 'lead_picture.caption'])
    .select(opening.as('opening'))
    .select(['storyline_id', 'related'])
    .select((eb) => eb.selectFrom('correction').select(eb.fn.countAll<number>().as('count')).whereRef('correction.article_id', '=', 'article.id').as('corrections'))
    .select((eb) => eb.selectFrom('revision').select(eb.fn.countAll<number>().as('count')).whereRef('revision.article_id', '=', 'article.id').where('revision.public_at', 'is not', null).where('revision.public_at', '<=', now).as('public_versions'))
    .select(['theme.id as theme_id', 'theme.slug as theme_slug', 'theme.name as theme_name', 'theme.is_hidden as theme_is_hidden'])
    .where('article.slug', '=', slug)
    .where('article.public_at', '<=', now),
);

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
    updatedAt: ifPast(row.updated_at, now),
    updatesAt: ifFuture(row.updated_at, now),
    theme: { id: row.theme_id, slug: row.theme_slug, name: row.theme_name, isHidden: row.theme_is_hidden === 1 },
    picture: row.picture_id === null ? undefined : { id: row.picture_id, alt: row.alt ?? '', caption: row.caption ?? '' },
    storylineId: row.storyline_id,
    related: relatedIds(row.related),
    corrections: row.corrections ?? 0,
    publicVersions: row.public_versions ?? 0,
  };
}

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

/** Imported articles may have update times in the future, which pages do not show yet. */
export function ifPast(time: number | null, now: number): number | null {
  return time !== null && time <= now ? time : null;
}

export function ifFuture(time: number | null, now: number): number | undefined {
  return time !== null && time > now ? time : undefined;
}
