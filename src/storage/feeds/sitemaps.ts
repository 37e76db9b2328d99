import type { Database } from '../database/database.ts';

export interface SitemapEntry {
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
    .select(['slug', 'changed_at', 'public_at'])
    .where('public_at', '>=', period.from)
    .where('public_at', '<', period.until)
    .where('public_at', '<=', now)
    .orderBy('public_at')
    .orderBy('id')
    .limit(part.size)
    // OFFSET is cheap here, because a period is one month and rarely needs a second part.
    .offset(part.size * (part.number - 1))
    .execute();
  return rows.map((row) => ({ slug: row.slug ?? '', lastModified: Math.max(row.public_at ?? 0, row.changed_at) }));
}
