import { sql, type SelectQueryBuilder } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Tables } from '../database/schema.ts';
import type { Named } from '../named/named.ts';
import type { Phrase } from '../search/search-index.ts';
import type { EditedArticle } from './edited-article.ts';

/**
 * `returned`: sent back to its author, and not submitted again yet. `changed`: published, with saved changes that are
 * not published yet. `undescribed`: published, with a picture that has no alternative text.
 */
export const stages = ['draft', 'review', 'returned', 'scheduled', 'today', 'published', 'changed', 'undescribed', 'withdrawn'] as const;

export type Stage = (typeof stages)[number];

export interface EditorialFilter {
  stage: Stage | undefined;
  themeId: number | undefined;
  authorId: number | undefined;
  /** An article must match at least one phrase of each inner array. */
  terms: Phrase[][];
  ownerId: number | undefined;
  /** When the site's day began, UTC milliseconds. */
  today: number;
}

/** The stages whose articles can be sorted by their publication. Undefined: articles in any stage, without those that have no date. */
export const stagesByPublication: readonly (Stage | undefined)[] = [undefined, 'published', 'changed', 'undescribed'];

export interface EditorialRow extends Omit<EditedArticle, 'uid' | 'version' | 'language' | 'updatedAt' | 'withdrawnReason'> {
  theme: string | null;
  owner: string | null;
}

export interface EditorialCursor {
  time: number;
  id: number;
}

/** One page of the matching articles. */
export async function listEditorial(db: Database, filter: EditorialFilter, now: number, page: { order: 'edit' | 'publication'; after?: EditorialCursor | undefined; limit: number }): Promise<{ rows: EditorialRow[]; next: EditorialCursor | undefined }> {
  const { isByPublication, isAscending, time } = orderOf(filter.stage, page.order);
  let query = selectRows(filtered(db, filter, now));
  if (isByPublication && filter.stage === undefined) query = query.where('article.public_at', 'is not', null);
  if (page.after) query = query.where(isAscending ? sql<boolean>`(${time}, article.id) > (${page.after.time}, ${page.after.id})` : sql<boolean>`(${time}, article.id) < (${page.after.time}, ${page.after.id})`);
  const rows = await query.orderBy(isAscending ? sql`${time}, article.id` : sql`${time} desc, article.id desc`).limit(page.limit + 1).execute();
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return { rows: shown, next: last && rows.length > page.limit ? { time: (isByPublication ? last.publishedAt : last.editedAt) ?? 0, id: last.id } : undefined };
}

/** Counts the matching articles up to a limit. */
export async function countEditorial(db: Database, filter: EditorialFilter, now: number, limit: number): Promise<number> {
  const { count } = await db.reader
    .selectFrom(filtered(db, filter, now).select('article.id').limit(limit).as('counted'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** Last edited first, or last published first. Scheduled articles are in the order of publication, and today's are always sorted by it. */
function orderOf(stage: Stage | undefined, order: 'edit' | 'publication') {
  const isAscending = stage === 'scheduled';
  const isByPublication = isAscending || stage === 'today' || (order === 'publication' && stagesByPublication.includes(stage));
  if (!isByPublication) return { isByPublication, isAscending, time: sql.ref<number>('article.edited_at') };
  // Sorting the few articles of these stages is faster than looking for them among all published ones. The unary plus keeps the databases from using that index.
  const isRare = stage === 'changed' || stage === 'undescribed';
  return { isByPublication, isAscending, time: isRare ? sql<number>`+article.public_at` : sql.ref<number>('article.public_at') };
}

function selectRows(query: SelectQueryBuilder<Tables, 'article', object>): SelectQueryBuilder<Tables, 'article', EditorialRow> {
  return query
    .leftJoin('theme', 'theme.id', 'article.theme_id')
    .leftJoin('editor', 'editor.id', 'article.owner_id')
    .select(['article.id', 'article.title', 'article.slug', 'theme.name as theme', 'editor.name as owner', 'owner_id as ownerId', 'published_at as publishedAt', 'first_published_at as firstPublishedAt', 'withdrawn_at as withdrawnAt'])
    .select(['submitted_at as submittedAt', 'returned_at as returnedAt', 'edited_at as editedAt', 'head_revision_id as headRevisionId', 'public_revision_id as publicRevisionId']);
}

function filtered(db: Database, { stage, themeId, authorId, terms, ownerId, today }: EditorialFilter, now: number): SelectQueryBuilder<Tables, 'article', object> {
  // Leaves out articles whose form was opened but never filled in.
  let query = db.reader.selectFrom('article').where(sql<boolean>`(head_revision_id is not null or article.title <> '')`);
  if (stage) query = query.where(stageIs(stage, { now, today }));
  if (themeId !== undefined) query = query.where('article.theme_id', '=', themeId);
  if (authorId !== undefined) query = query.where(sql<boolean>`exists (select 1 from article_author where article_id = article.id and author_id = ${authorId})`);
  if (ownerId !== undefined) query = query.where(hasSmallIndex(stage) ? sql<boolean>`+article.owner_id = ${ownerId}` : sql<boolean>`article.owner_id = ${ownerId}`);
  if (terms.length > 0) query = query.where(sql<boolean>`article.id in ${db.search.matchingIds(terms)}`);
  return query;
}

/** Looking through the few articles of these stages is faster than through all that an editor has written. */
function hasSmallIndex(stage: Stage | undefined): boolean {
  return stage !== undefined && stage !== 'draft' && stage !== 'published';
}

/** The unary pluses leave the databases only the small index of each stage. */
function stageIs(stage: Stage, { now, today }: { now: number; today: number }) {
  const conditions: Record<Stage, ReturnType<typeof sql<boolean>>> = {
    draft: sql<boolean>`published_at is null and submitted_at is null and returned_at is null`,
    review: sql<boolean>`+published_at is null and submitted_at is not null`,
    returned: sql<boolean>`+published_at is null and returned_at is not null`,
    scheduled: sql<boolean>`article.public_at > ${now}`,
    today: sql<boolean>`article.public_at >= ${today} and article.public_at <= ${now}`,
    published: sql<boolean>`article.public_at <= ${now}`,
    changed: sql<boolean>`+article.public_at <= ${now} and head_revision_id <> public_revision_id`,
    undescribed: sql<boolean>`+article.public_at <= ${now} and is_undescribed = 1`,
    withdrawn: sql<boolean>`withdrawn_at is not null`,
  };
  return conditions[stage];
}

const maxOptions = 200;

export async function listNameOptions(db: Database, kind: 'theme' | 'author'): Promise<Named[]> {
  const rows = kind === 'theme' ? await newestThemes(db) : await newestAuthors(db);
  return rows.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ id, slug, name }) => ({ id, slug, name }));
}

type NameOption = Named & { key: string };

async function newestThemes(db: Database): Promise<NameOption[]> {
  const themes = db.reader.selectFrom('theme').select(['id', 'slug', 'name', 'sort_key as key']).limit(maxOptions / 2);
  const published = await themes.where('latest_at', 'is not', null).orderBy(sql`latest_at desc, id desc`).execute();
  const others = await themes.where('latest_at', 'is', null).orderBy('id', 'desc').execute();
  return [...published, ...others];
}

async function newestAuthors(db: Database): Promise<NameOption[]> {
  return db.reader
    .selectFrom('author')
    .select(['id', 'slug', 'name', 'sort_key as key'])
    .where(sql<boolean>`exists (select 1 from article_author where author_id = author.id)`)
    .orderBy('id', 'desc')
    .limit(maxOptions)
    .execute();
}
