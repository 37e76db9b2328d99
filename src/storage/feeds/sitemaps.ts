import { articlePictureIds } from '../../content/pictures/body-pictures.ts';
import type { Picture } from '../../content/pictures/picture.ts';
import type { Database } from '../database/database.ts';
import { findPictures } from '../pictures/pictures.ts';

export interface SitemapEntry {
  id: number;
  slug: string;
  lastModified: number;
}

/** `lastModified` is when an article of the period was last changed or published, UTC milliseconds. */
export async function summarisePeriod(db: Database, period: { from: number; until: number }, now: number): Promise<{ count: number; lastModified: number }> {
  const row = await db.reader
    .selectFrom('article')
    .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.max('changed_at').as('changedAt'), eb.fn.max('public_at').as('publicAt')])
    .where('public_at', '>=', period.from)
    .where('public_at', '<', period.until)
    .where('public_at', '<=', now)
    .executeTakeFirstOrThrow();
  return { count: row.count, lastModified: Math.max(row.publicAt ?? 0, Math.min(row.changedAt ?? 0, now)) };
}

/** Oldest first. `part.number` counts from 1. */
export async function listForSitemap(db: Database, period: { from: number; until: number }, now: number, part: { size: number; number: number }): Promise<SitemapEntry[]> {
  const rows = await db.reader
    .selectFrom('article')
    .select(['id', 'slug', 'changed_at', 'public_at'])
    .where('public_at', '>=', period.from)
    .where('public_at', '<', period.until)
    .where('public_at', '<=', now)
    .orderBy('public_at')
    .orderBy('id')
    .limit(part.size)
    // OFFSET is cheap here, because a period is one month and rarely needs a second part.
    .offset(part.size * (part.number - 1))
    .execute();
  return rows.map((row) => ({ id: row.id, slug: row.slug ?? '', lastModified: Math.max(row.public_at ?? 0, row.changed_at) }));
}

/** Limits how many bodies are in memory at once, and how many parameters a query has. */
const batchSize = 100;

/** The pictures that articles show, by the article's id: the lead picture, then those in the body, each once. */
export async function listPicturesOf(db: Database, articles: { id: number }[]): Promise<Map<number, Picture[]>> {
  const ids = articles.map(({ id }) => id);
  const found = new Map<number, Picture[]>();
  for (let start = 0; start < ids.length; start += batchSize) {
    for (const [id, pictures] of await listPicturesOfBatch(db, ids.slice(start, start + batchSize))) found.set(id, pictures);
  }
  return found;
}

async function listPicturesOfBatch({ reader }: Database, ids: number[]): Promise<[number, Picture[]][]> {
  const rows = await reader
    .selectFrom('article')
    .leftJoin('lead_picture', 'lead_picture.article_id', 'article.id')
    .select(['article.id', 'lead_picture.picture_id', 'body_html'])
    .where('id', 'in', ids)
    // Reads only the bodies that may have pictures. Drafts of the same article count as uses too.
    .where('id', 'in', (eb) => eb.selectFrom('picture_use').select('place_id').where('kind', '=', 'article').where('place_id', 'in', ids))
    .execute();
  const shown = rows.map((row): [number, number[]] => [row.id, articlePictureIds(row.picture_id, row.body_html)]);
  const pictures = await findPictures(reader, shown.flatMap(([, pictureIds]) => pictureIds));
  return shown.map(([id, pictureIds]) => [id, pictureIds.flatMap((pictureId) => pictures.get(pictureId) ?? [])]);
}
