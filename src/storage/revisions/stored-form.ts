import { articleFields, formInZone, formOfArticle, readArticleForm, type ArticleForm } from '../../content/articles/article-form.ts';
import type { EditedArticle } from '../articles/edited-article.ts';
import type { Handle } from '../database/schema.ts';

export function storedForm(form: ArticleForm, zone: string): string {
  return JSON.stringify({ ...form, zone });
}

/** Converts the publication time to `zone`, the site's current time zone. */
export function readStoredForm(json: string, zone: string): ArticleForm {
  const stored: unknown = JSON.parse(json);
  const fields = new Map(typeof stored === 'object' && stored !== null ? Object.entries(stored) : []);
  const text = (name: string) => (typeof fields.get(name) === 'string' ? String(fields.get(name)) : undefined);
  const form = readArticleForm(Object.fromEntries(articleFields.map((field) => [field, text(field)])));
  return formInZone(form, text('zone') ?? zone, zone);
}

export async function loadSavedForm(db: Handle, article: EditedArticle, zone: string): Promise<ArticleForm> {
  if (article.headRevisionId === null) return loadImportedForm(db, article.id, zone);
  const { form } = await db.selectFrom('revision').select('form').where('id', '=', article.headRevisionId).executeTakeFirstOrThrow();
  return readStoredForm(form, zone);
}

/** The form of an imported article that nobody has edited yet. */
export async function loadImportedForm(db: Handle, articleId: number, zone: string): Promise<ArticleForm> {
  const article = await db
    .selectFrom('article')
    .leftJoin('theme', 'theme.id', 'article.theme_id')
    .leftJoin('lead_picture', 'lead_picture.article_id', 'article.id')
    .select(['title', 'standfirst', 'summary', 'body', 'language', 'article.slug', 'published_at as publishedAt', 'theme.name as theme', 'lead_picture.picture_id as picture', 'lead_picture.alt as pictureAlt', 'lead_picture.caption as pictureCaption'])
    .where('article.id', '=', articleId)
    .executeTakeFirstOrThrow();
  const authors = await db.selectFrom('article_author').innerJoin('author', 'author.id', 'author_id').select('name').where('article_id', '=', articleId).orderBy('position').execute();
  const topics = await db.selectFrom('article_topic').innerJoin('topic', 'topic.id', 'topic_id').select('name').where('article_id', '=', articleId).orderBy('position').execute();
  const { pictureAlt, pictureCaption } = article;
  return formOfArticle({ ...article, pictureAlt: pictureAlt ?? '', pictureCaption: pictureCaption ?? '', authors: authors.map(({ name }) => name), topics: topics.map(({ name }) => name) }, zone);
}
