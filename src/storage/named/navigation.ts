import { sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import type { Named } from './named.ts';

const navigationLength = 9;

export interface Navigation {
  /** The themes with the most recent articles. Sorted by id, so that they keep their places when articles are published. */
  themes: Named[];
  /** When a scheduled article brings another theme into the navigation, UTC milliseconds. */
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

export async function listNewestThemes(db: Handle, now: number, limit: number): Promise<Named[]> {
  const stored = await db
    .selectFrom('theme')
    .select(['id', 'slug', 'name', 'latest_at as latest'])
    .where('latest_at', 'is not', null)
    .orderBy(sql`latest_at desc, id desc`)
    .limit(limit)
    .execute();
  // Nothing is written when a scheduled article becomes public, so its theme's `latest_at` may be out of date.
  const latest = sql<number | null>`(select max(public_at) from article where theme_id = theme.id and public_at <= ${now})`;
  const due = await db.selectFrom('theme').select(['id', 'slug', 'name', latest.as('latest')]).where('next_at', '<=', now).execute();
  const byId = new Map([...stored, ...due].map((theme) => [theme.id, theme]));
  const newest = [...byId.values()].toSorted((a, b) => (b.latest ?? 0) - (a.latest ?? 0) || b.id - a.id);
  return newest.slice(0, limit).map(({ id, slug, name }) => ({ id, slug, name }));
}

/** One page of the themes with published articles, sorted by name. `after` is the slug of the last theme on the previous page. */
export async function listThemes(db: Database, now: number, { after, limit }: { after?: string | undefined; limit: number }): Promise<{ themes: Named[]; hasMore: boolean }> {
  // The unary plus keeps SQLite from using the index on `first_at`, after which it would have to sort all themes.
  const shown = sql<boolean>`+first_at <= ${now}`;
  let query = db.reader.selectFrom('theme').select(['id', 'slug', 'name']).where(shown);
  if (after !== undefined) query = query.where('name_key', '>', (eb) => eb.selectFrom('theme as last').select('last.name_key').where('last.slug', '=', after).where('last.first_at', '<=', now));
  const themes = await query.orderBy('name_key').limit(limit + 1).execute();
  return { themes: themes.slice(0, limit), hasMore: themes.length > limit };
}

export async function findNextNewThemeTime(db: Database, now: number): Promise<number | undefined> {
  const theme = await db.reader.selectFrom('theme').select('first_at').where('first_at', '>', now).orderBy('first_at').limit(1).executeTakeFirst();
  return theme?.first_at ?? undefined;
}

/** Updates the times of themes after their articles have changed. Returns the touched tags, see `touched.ts`. */
export async function updateThemeTimes(transaction: Handle, themeIds: number[], before: Navigation, now: number): Promise<string[]> {
  const firstBefore = await findFirstTimes(transaction, themeIds);
  await storeThemeTimes(transaction, themeIds, now);
  const firstAfter = await findFirstTimes(transaction, themeIds);
  const isListChanged = themeIds.some((id) => shownFrom(firstBefore.get(id), now) !== shownFrom(firstAfter.get(id), now));
  return [...(isSame(before, await findNavigation(transaction, now)) ? [] : ['themes']), ...(isListChanged ? ['theme-list'] : [])];
}

/** Stores the times of themes, and of those whose scheduled articles have been published since their times were stored. */
export async function storeThemeTimes(transaction: Handle, themeIds: number[], now: number): Promise<void> {
  await transaction
    .updateTable('theme')
    .set({
      first_at: sql<number | null>`(select min(public_at) from article where theme_id = theme.id and public_at is not null)`,
      latest_at: sql<number | null>`(select max(public_at) from article where theme_id = theme.id and public_at <= ${now})`,
      next_at: sql<number | null>`(select min(public_at) from article where theme_id = theme.id and public_at > ${now})`,
    })
    .where((eb) => eb.or([...(themeIds.length > 0 ? [eb('id', 'in', themeIds)] : []), eb('next_at', '<=', now)]))
    .execute();
}

async function findFirstTimes(transaction: Handle, themeIds: number[]): Promise<Map<number, number | null>> {
  if (themeIds.length === 0) return new Map();
  const rows = await transaction.selectFrom('theme').select(['id', 'first_at']).where('id', 'in', themeIds).execute();
  return new Map(rows.map(({ id, first_at }) => [id, first_at]));
}

/** Times in the past count as equal: the theme is already listed. */
function shownFrom(first: number | null | undefined, now: number): number {
  return Math.max(first ?? Infinity, now);
}

function isSame(one: Navigation, other: Navigation): boolean {
  return one.changesAt === other.changesAt && one.themes.length === other.themes.length && one.themes.every(({ id }, index) => id === other.themes[index]?.id);
}
