import { sql, type SelectQueryBuilder } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Handle, Tables } from '../database/schema.ts';
import type { Named } from '../named/named.ts';

export const navigationLength = 9;

export interface Navigation {
  /**
   * First the themes whose place editors have chosen, then those with the most recent articles, sorted by id, so that they
   * keep their places when articles are published.
   */
  themes: Named[];
  /** Whether readers can see articles of further themes. */
  hasMore: boolean;
  /** When a scheduled article changes the navigation, UTC milliseconds. */
  changesAt: number | undefined;
}

export async function findNavigation(db: Handle, now: number): Promise<Navigation> {
  const placed = await listPlacedThemes(db, now);
  const themes = [...placed, ...(await listFollowingThemes(db, now, placed.length))];
  const hasMore = await hasFurtherTheme(db, now, themes);
  return { themes: themes.map(({ id, slug, name }) => ({ id, slug, name })), hasMore, changesAt: await findNextChange(db, now, { placed, themes, hasMore }) };
}

interface PlacedTheme extends Named {
  position: number | null;
}

async function listPlacedThemes(db: Handle, now: number): Promise<PlacedTheme[]> {
  // The unary plus keeps SQLite from using the index on `first_at`, after which it would have to sort.
  return db.selectFrom('theme').select(['id', 'slug', 'name', 'position']).where('position', 'is not', null).where(sql<boolean>`+first_at <= ${now}`).orderBy('position').limit(navigationLength).execute();
}

/** The themes that fill up the navigation after `placed` others whose place editors have chosen. */
export async function listFollowingThemes(db: Handle, now: number, placed: number): Promise<Named[]> {
  if (placed >= navigationLength) return [];
  const newest = await newestOf(db.selectFrom('theme').where(isUnplaced), now, navigationLength - placed);
  return newest.toSorted((a, b) => a.id - b.id);
}

/** Without parameters, as in the condition of the index. */
const isUnplaced = sql<boolean>`position is null and is_hidden = 0`;

async function hasFurtherTheme(db: Handle, now: number, themes: Named[]): Promise<boolean> {
  let further = db.selectFrom('theme').select('id').where('first_at', '<=', now);
  if (themes.length > 0) further = further.where('id', 'not in', themes.map(({ id }) => id));
  return (await further.limit(1).executeTakeFirst()) !== undefined;
}

async function findNextChange(db: Handle, now: number, { placed, themes, hasMore }: { placed: PlacedTheme[]; themes: Named[]; hasMore: boolean }): Promise<number | undefined> {
  let scheduled = db.selectFrom('article').select('public_at').where('public_at', '>', now);
  if (themes.length > 0) scheduled = scheduled.where('theme_id', 'not in', themes.map(({ id }) => id));
  // If there is no further theme yet, any article brings one. Otherwise, only a theme that would get a place matters.
  if (hasMore) scheduled = scheduled.where(sql<boolean>`exists (select 1 from theme where theme.id = article.theme_id and is_hidden = 0 and ${placed.length < navigationLength ? sql`true` : sql`position < ${placed.at(-1)?.position}`})`);
  return (await scheduled.orderBy('public_at').limit(1).executeTakeFirst())?.public_at ?? undefined;
}

export async function listNewestThemes(db: Handle, now: number, limit: number): Promise<Named[]> {
  return newestOf(db.selectFrom('theme'), now, limit);
}

async function newestOf(themes: SelectQueryBuilder<Tables, 'theme', object>, now: number, limit: number): Promise<Named[]> {
  const stored = await themes
    .select(['id', 'slug', 'name', 'latest_at as latest'])
    .where('latest_at', 'is not', null)
    .orderBy(sql`latest_at desc, id desc`)
    .limit(limit)
    .execute();
  // Nothing is written when a scheduled article becomes public, so its theme's `latest_at` may be out of date.
  const latest = sql<number | null>`(select max(public_at) from article where theme_id = theme.id and public_at <= ${now})`;
  const due = await themes.select(['id', 'slug', 'name', latest.as('latest')]).where('next_at', '<=', now).execute();
  const byId = new Map([...stored, ...due].map((theme) => [theme.id, theme]));
  const newest = [...byId.values()].toSorted((a, b) => (b.latest ?? 0) - (a.latest ?? 0) || b.id - a.id);
  return newest.slice(0, limit).map(({ id, slug, name }) => ({ id, slug, name }));
}

/** One page of the themes with published articles, sorted by name. `after` is the slug of the last theme on the previous page. */
export async function listThemes(db: Database, now: number, { after, limit }: { after?: string | undefined; limit: number }): Promise<{ themes: Named[]; hasMore: boolean }> {
  // The unary plus keeps SQLite from using the index on `first_at`, after which it would have to sort all themes.
  const shown = sql<boolean>`+first_at <= ${now}`;
  let query = db.reader.selectFrom('theme').select(['id', 'slug', 'name']).where(shown);
  if (after !== undefined) query = query.where('sort_key', '>', (eb) => eb.selectFrom('theme as last').select('last.sort_key').where('last.slug', '=', after).where('last.first_at', '<=', now));
  const themes = await query.orderBy('sort_key').limit(limit + 1).execute();
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
  return one.changesAt === other.changesAt && one.hasMore === other.hasMore && one.themes.length === other.themes.length && one.themes.every(({ id }, index) => id === other.themes[index]?.id);
}
