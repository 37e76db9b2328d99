import { sql } from 'kysely';
import type { EditorialRow } from '../articles/editorial-list.ts';
import type { Handle } from '../database/schema.ts';

/** A storyline as the newsroom sees it. */
export interface StorylineSummary {
  id: number;
  /** Given by an editor; otherwise empty. */
  name: string;
  /** Published or not. */
  count: number;
  /** The newest published article. Null: none is published. */
  newest: { title: string; publishedAt: number } | null;
  joinedInto: number | null;
}

export async function findStorylineSummary(db: Handle, id: number, now: number): Promise<StorylineSummary | undefined> {
  const row = await db.selectFrom('storyline').select(['name', 'joined_into']).where('id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  const { count } = await db.selectFrom('storyline_article').select((eb) => eb.fn.countAll<number | string>().as('count')).where('storyline_id', '=', id).executeTakeFirstOrThrow();
  return { id, name: row.name, count: Number(count), newest: (await findNewest(db, id, now)) ?? null, joinedInto: row.joined_into };
}

async function findNewest(db: Handle, id: number, now: number): Promise<StorylineSummary['newest'] | undefined> {
  const [newestId] = await listNewestIds(db, id, now, 1);
  if (newestId === undefined) return undefined;
  const row = await db.selectFrom('article').select(['title', 'public_at']).where('id', '=', newestId).executeTakeFirstOrThrow();
  return { title: row.title, publishedAt: row.public_at ?? 0 };
}

/** The newest published articles of a storyline. */
export async function listNewestIds(db: Handle, storylineId: number, now: number, limit: number): Promise<number[]> {
  const rows = await db.selectFrom('storyline_article').select('article_id').where('storyline_id', '=', storylineId).where('public_at', '<=', now).orderBy('public_at', 'desc').orderBy('article_id', 'desc').limit(limit).execute();
  return rows.map(({ article_id }) => article_id);
}

export interface StorylineMember extends EditorialRow {
  /** UTC milliseconds; null if the article is neither published nor scheduled. */
  publicAt: number | null;
  /** Whether an editor decided about its storyline. */
  isChosen: boolean;
}

export interface MemberCursor {
  publicAt: number;
  id: number;
}

const maxUnpublished = 50;

/** One page of a storyline's articles, newest first. The first page begins with the newest drafts and withdrawn articles, at most {@link maxUnpublished}. */
export async function listMembers(db: Handle, storylineId: number, { after, limit }: { after: MemberCursor | undefined; limit: number }): Promise<{ members: StorylineMember[]; next: MemberCursor | undefined }> {
  let query = selectMembers(db, storylineId).where('storyline_article.public_at', 'is not', null);
  if (after) query = query.where((eb) => eb(eb.refTuple('storyline_article.public_at', 'storyline_article.article_id'), '<', eb.tuple(after.publicAt, after.id)));
  const rows = await query.orderBy('storyline_article.public_at', 'desc').orderBy('storyline_article.article_id', 'desc').limit(limit + 1).execute();
  const unpublished = after ? [] : await selectMembers(db, storylineId).where('storyline_article.public_at', 'is', null).orderBy('storyline_article.article_id', 'desc').limit(maxUnpublished).execute();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { members: [...unpublished, ...shown].map(toMember), next: last && rows.length > limit ? { publicAt: last.publicAt ?? 0, id: last.id } : undefined };
}

function selectMembers(db: Handle, storylineId: number) {
  return db
    .selectFrom('storyline_article')
    .innerJoin('article', 'article.id', 'storyline_article.article_id')
    .leftJoin('theme', 'theme.id', 'article.theme_id')
    .leftJoin('editor', 'editor.id', 'article.owner_id')
    .select(['article.id', 'article.title', 'article.slug', 'theme.name as theme', 'editor.name as owner', 'owner_id as ownerId', 'published_at as publishedAt', 'first_published_at as firstPublishedAt', 'withdrawn_at as withdrawnAt'])
    .select(['submitted_at as submittedAt', 'returned_at as returnedAt', 'edited_at as editedAt', 'head_revision_id as headRevisionId', 'public_revision_id as publicRevisionId', 'storyline_article.public_at as publicAt', 'is_chosen'])
    .where('storyline_id', '=', storylineId);
}

type MemberRow = Awaited<ReturnType<ReturnType<typeof selectMembers>['executeTakeFirstOrThrow']>>;

function toMember({ is_chosen, ...row }: MemberRow): StorylineMember {
  return { ...row, isChosen: is_chosen === 1 };
}

/** The beginnings of the texts of articles, by id. */
export async function loadExcerpts(db: Handle, ids: number[], length: number): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('article').select(['id', 'title', 'standfirst', 'summary', sql<string>`substr(body_text, 1, ${sql.lit(length)})`.as('text')]).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, title, standfirst, summary, text }) => [id, [title, standfirst, summary, text].join('\n')]));
}
