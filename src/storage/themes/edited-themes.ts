import { sql } from 'kysely';
import { nameKey } from '../../content/articles/article.ts';
import { fold } from '../../content/search/words.ts';
import type { Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import type { Named } from '../named/named.ts';
import { listFollowingThemes } from './navigation.ts';

/** A theme as the newsroom lists it. */
export interface ListedTheme extends Named {
  /** The number of articles, in every state. */
  articles: number;
  /** Readers can see an article of the theme. */
  isPublic: boolean;
  /** An editor has chosen its place in the navigation. */
  isPlaced: boolean;
  isHidden: boolean;
}

export interface EditedTheme extends ListedTheme {
  description: string;
  pictureId: number | null;
  /** Whether other themes were merged into it, or are being merged, or it is being merged itself. */
  hasMerged: boolean;
}

/** The themes in the order of the navigation: all whose place editors have chosen, and those with recent articles that follow them. */
export async function listNavigationThemes(db: Handle, now: number): Promise<ListedTheme[]> {
  const placed = (await selectThemes(db, now).where('position', 'is not', null).orderBy('position').execute()).map(toListed);
  const following = await listFollowingThemes(db, now, placed.filter(({ isPublic }) => isPublic).length);
  if (following.length === 0) return placed;
  return [...placed, ...(await selectThemes(db, now).where('id', 'in', following.map(({ id }) => id)).orderBy('id').execute()).map(toListed)];
}

export interface ThemePage {
  /** Part of a name. Empty: all themes. */
  q: string;
  except: number[];
  /** The id of the last theme on the previous page. */
  after: number | undefined;
  limit: number;
}

/** Themes by name. */
export async function listThemesByName(db: Database, now: number, { q, except, after, limit }: ThemePage): Promise<{ themes: ListedTheme[]; next: number | undefined }> {
  let query = selectThemes(db.reader, now).orderBy('sort_key').limit(limit + 1);
  const key = fold(nameKey(q));
  if (key !== '') query = query.where(sql<boolean>`${db.system === 'sqlite' ? sql`instr` : sql`strpos`}(sort_key, ${key}) > 0`);
  if (except.length > 0) query = query.where('id', 'not in', except);
  if (after !== undefined) query = query.where('sort_key', '>', (eb) => eb.selectFrom('theme as last').select('last.sort_key').where('last.id', '=', after));
  const rows = await query.execute();
  const themes = rows.slice(0, limit).map(toListed);
  return { themes, next: rows.length > limit ? themes.at(-1)?.id : undefined };
}

export async function findEditedTheme(db: Handle, id: number, now: number): Promise<EditedTheme | undefined> {
  const row = await selectThemes(db, now)
    .select(['description', 'picture_id', sql<number | boolean>`exists (select 1 from merged_theme where into_id = theme.id or id = theme.id)`.as('has_merged')])
    .where('id', '=', id)
    .executeTakeFirst();
  return row && { ...toListed(row), description: row.description, pictureId: row.picture_id, hasMerged: Boolean(row.has_merged) };
}

function selectThemes(db: Handle, now: number) {
  const articles = sql<number | string>`(select count(*) from article where theme_id = theme.id)`;
  return db.selectFrom('theme').select(['id', 'slug', 'name', 'position', 'is_hidden', articles.as('articles'), sql<number | boolean | null>`first_at <= ${now}`.as('is_public')]);
}

interface ThemeRow extends Named {
  position: number | null;
  is_hidden: number;
  articles: number | string;
  is_public: number | boolean | null;
}

function toListed({ id, slug, name, position, is_hidden: isHidden, articles, is_public: isPublic }: ThemeRow): ListedTheme {
  return { id, slug, name, articles: Number(articles), isPublic: Boolean(isPublic), isPlaced: position !== null, isHidden: isHidden === 1 };
}
