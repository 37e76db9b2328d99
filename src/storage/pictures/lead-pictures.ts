import type { ArticleInput } from '../../content/articles/article.ts';
import type { Handle } from '../database/schema.ts';

/** Stores the lead picture of the text that an article has for readers, in place of the one before. A picture that does not exist counts as none. */
export async function setLeadPicture(transaction: Handle, articleId: number, article: Pick<ArticleInput, 'picture' | 'pictureAlt' | 'pictureCaption'>): Promise<void> {
  await transaction.deleteFrom('lead_picture').where('article_id', '=', articleId).execute();
  await addLeadPicture(transaction, articleId, article);
}

/** For an article that has none yet. */
export async function addLeadPicture(transaction: Handle, articleId: number, { picture, pictureAlt, pictureCaption }: Pick<ArticleInput, 'picture' | 'pictureAlt' | 'pictureCaption'>): Promise<void> {
  if (picture === null) return;
  const stored = await transaction.selectFrom('picture').select('id').where('id', '=', picture).executeTakeFirst();
  if (stored) await transaction.insertInto('lead_picture').values({ article_id: articleId, picture_id: picture, alt: pictureAlt, caption: pictureCaption }).execute();
}
