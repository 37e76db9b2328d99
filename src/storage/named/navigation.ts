import { sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import type { Named } from './named.ts';

/** How many themes the navigation shows. */
const navigationLength = 9;

/** The themes that every page links. */
export interface Navigation {
  /** Those with the most recent articles, oldest theme first, so that they keep their places while articles come out. */
  themes: Named[];
  /** When another theme joins them because a scheduled article comes out, UTC milliseconds. */
  changesAt: number | undefined;
}

export async function findNavigation(db: Handle, now: number): Promise<Navigation> {
  const themes = await listNewestThemes(db, now, navigationLength);
  const ids = themes.map(({ id }) => id);
  let scheduled = db.selectFrom('article').select('public_at').where('public_at', '>', now);
  if (ids.length > 0) scheduled = scheduled.where('theme_id', 'not in', ids);
  const next = await scheduled.orderBy('public_at').limit(1).executeTakeFirst();
  return { themes: themes.toSorted((a, b) => a.id - b.id), changesAt: next?.public_at ?? undefined };
}

/** The themes with the most recent articles, newest first. */
export async function listNewestThemes(db: Handle, now: number, limit: number): Promise<Named[]> {
  const stored = await db
    .selectFrom('theme')
    .select(['id', 'slug', 'name', 'latest_at as latest'])
    .where('latest_at', 'is not', null)
    .orderBy(sql`latest_at desc, id desc`)
    .limit(limit)
    .execute();
  // A scheduled article comes out without a write, so its theme's row may lag behind.
  const latest = sql<number | null>`(select max(public_at) from article where theme_id = theme.id and public_at <= ${now})`;
  const due = await db.selectFrom('theme').select(['id', 'slug', 'name', latest.as('latest')]).where('next_at', '<=', now).execute();
  const byId = new Map([...stored, ...due].map((theme) => [theme.id, theme]));
  const newest = [...byId.values()].toSorted((a, b) => (b.latest ?? 0) - (a.latest ?? 0) || b.id - a.id);
  return newest.slice(0, limit).map(({ id, slug, name }) => ({ id, slug, name }));
}

/** One page of the themes that have something published, by name. */
export async function listThemes(db: Database, now: number, { after, limit }: { after?: string | undefined; limit: number }): Promise<{ themes: Named[]; hasMore: boolean }> {
  // The plus sign keeps SQLite from reading all themes by their times and sorting them.
  const shown = sql<boolean>`+first_at <= ${now}`;
  let query = db.reader.selectFrom('theme').select(['id', 'slug', 'name']).where(shown);
  if (after !== undefined) query = query.where('name_key', '>', (eb) => eb.selectFrom('theme as last').select('last.name_key').where('last.slug', '=', after).where('last.first_at', '<=', now));
  const themes = await query.orderBy('name_key').limit(limit + 1).execute();
  return { themes: themes.slice(0, limit), hasMore: themes.length > limit };
}

/** When a theme gets its first published article, UTC milliseconds. */
export async function findNextNewThemeTime(db: Database, now: number): Promise<number | undefined> {
  const theme = await db.reader.selectFrom('theme').select('first_at').where('first_at', '>', now).orderBy('first_at').limit(1).executeTakeFirst();
  return theme?.first_at ?? undefined;
}

/**
 * Brings the times of themes up to date after articles came into them, left them or moved within them.
 *
 * @param before the navigation as it was before the articles changed
 * @returns what was touched: `themes` if the navigation has changed, `theme-list` if a theme has got its first published article or lost its last
 */
export async function updateThemeTimes(transaction: Handle, themeIds: number[], before: Navigation, now: number): Promise<string[]> {
  const firstBefore = await findFirstTimes(transaction, themeIds);
  await transaction
    .updateTable('theme')
    .set({
      first_at: sql<number | null>`(select min(public_at) from article where theme_id = theme.id and public_at is not null)`,
      latest_at: sql<number | null>`(select max(public_at) from article where theme_id = theme.id and public_at <= ${now})`,
      next_at: sql<number | null>`(select min(public_at) from article where theme_id = theme.id and public_at > ${now})`,
    })
    .where((eb) => eb.or([...(themeIds.length > 0 ? [eb('id', 'in', themeIds)] : []), eb('next_at', '<=', now)]))
    .execute();
  const firstAfter = await findFirstTimes(transaction, themeIds);
  const isListChanged = themeIds.some((id) => shownFrom(firstBefore.get(id), now) !== shownFrom(firstAfter.get(id), now));
  return [...(isSame(before, await findNavigation(transaction, now)) ? [] : ['themes']), ...(isListChanged ? ['theme-list'] : [])];
}

async function findFirstTimes(transaction: Handle, themeIds: number[]): Promise<Map<number, number | null>> {
  if (themeIds.length === 0) return new Map();
  const rows = await transaction.selectFrom('theme').select(['id', 'first_at']).where('id', 'in', themeIds).execute();
  return new Map(rows.map(({ id, first_at }) => [id, first_at]));
}

/** From when a theme is listed, as far as it matters now. */
function shownFrom(first: number | null | undefined, now: number): number {
  return Math.max(first ?? Infinity, now);
}

function isSame(one: Navigation, other: Navigation): boolean {
  return one.changesAt === other.changesAt && one.themes.length === other.themes.length && one.themes.every(({ id }, index) => id === other.themes[index]?.id);
}
