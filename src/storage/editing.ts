import { articleFields, formOfArticle, readArticleForm, type ArticleForm } from '../content/article-form.ts';
import type { Guarded } from '../content/permissions.ts';
import type { Database, Handle } from './database.ts';

/** An article as it is decided who may do what with it. */
export interface GuardedArticle extends Guarded {
  id: number;
  uid: string;
}

/** An article as the newsroom knows it. Times are UTC milliseconds. */
export interface EditedArticle extends GuardedArticle {
  /** Inline Markdown, as readers see it or, of a draft, as it was saved last. */
  title: string;
  slug: string | null;
  language: string;
  publishedAt: number | null;
  updatedAt: number | null;
  withdrawnAt: number | null;
  withdrawnReason: string | null;
  submittedAt: number | null;
  editedAt: number;
  headRevisionId: number | null;
  publicRevisionId: number | null;
}

/** The article of an id, or, in its place, of a `uid`. */
export async function findGuarded(db: Database, idOrUid: string): Promise<GuardedArticle | undefined> {
  const query = db.reader.selectFrom('article').select(['id', 'uid', 'owner_id as ownerId', 'first_published_at as firstPublishedAt']);
  if (isUid(idOrUid)) return query.where('uid', '=', idOrUid).executeTakeFirst();
  return /^\d{1,10}$/.test(idOrUid) ? query.where('id', '=', Number(idOrUid)).executeTakeFirst() : undefined;
}

/** Whether a text is a UUID, as forms and imports make them for articles. */
export function isUid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

export async function findEdited(db: Handle, id: number): Promise<EditedArticle | undefined> {
  return db
    .selectFrom('article')
    .select(['id', 'uid', 'title', 'slug', 'language', 'published_at as publishedAt', 'first_published_at as firstPublishedAt', 'updated_at as updatedAt', 'withdrawn_at as withdrawnAt'])
    .select(['withdrawn_reason as withdrawnReason', 'submitted_at as submittedAt', 'edited_at as editedAt', 'owner_id as ownerId', 'head_revision_id as headRevisionId', 'public_revision_id as publicRevisionId'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** What was saved last of an article, as its form. */
export async function loadSavedForm(db: Handle, article: EditedArticle, zone: string): Promise<ArticleForm> {
  if (article.headRevisionId === null) return loadImportedForm(db, article.id, zone);
  const { form } = await db.selectFrom('revision').select('form').where('id', '=', article.headRevisionId).executeTakeFirstOrThrow();
  return readStoredForm(form);
}

/** The form of an article that no editor has touched: as it was imported. */
export async function loadImportedForm(db: Handle, articleId: number, zone: string): Promise<ArticleForm> {
  const article = await db
    .selectFrom('article')
    .leftJoin('theme', 'theme.id', 'article.theme_id')
    .select(['title', 'standfirst', 'summary', 'body', 'language', 'article.slug', 'published_at as publishedAt', 'theme.name as theme'])
    .where('article.id', '=', articleId)
    .executeTakeFirstOrThrow();
  const authors = await db.selectFrom('article_author').innerJoin('author', 'author.id', 'author_id').select('name').where('article_id', '=', articleId).orderBy('position').execute();
  const topics = await db.selectFrom('article_topic').innerJoin('topic', 'topic.id', 'topic_id').select('name').where('article_id', '=', articleId).orderBy('position').execute();
  return formOfArticle({ ...article, authors: authors.map(({ name }) => name), topics: topics.map(({ name }) => name) }, zone);
}

/** A form as a revision keeps it. */
export function readStoredForm(json: string): ArticleForm {
  const stored: unknown = JSON.parse(json);
  const fields = typeof stored === 'object' && stored !== null ? Object.entries(stored) : [];
  return readArticleForm(Object.fromEntries(fields.filter(([name, value]) => articleFields.some((field) => field === name) && typeof value === 'string')));
}
