import type { ArticleInput, FieldError } from '../../content/articles/article.ts';
import { articlePictureIds, pictureAddress } from '../../content/pictures/body-pictures.ts';
import { lacksDescription, missingDescriptions, reliesOnDescription } from '../../content/pictures/missing-descriptions.ts';
import type { Handle } from '../database/schema.ts';
import { findPlace, type PicturePlace } from './picture-places.ts';
import { findPictures } from './pictures.ts';

/** The pictures of an article that readers who can't see would miss. */
export async function findUndescribed(db: Handle, article: Pick<ArticleInput, 'picture' | 'pictureAlt'>, bodyHtml: string): Promise<FieldError[]> {
  return missingDescriptions(article, bodyHtml, await findPictures(db, articlePictureIds(article.picture, bodyHtml)));
}

/** Whether a text shows a picture of the library without an alternative text. */
export async function isUndescribed(db: Handle, article: Pick<ArticleInput, 'picture' | 'pictureAlt'>, bodyHtml: string): Promise<boolean> {
  const pictures = await findPictures(db, articlePictureIds(article.picture, bodyHtml));
  return pictures.size > 0 && lacksDescription(article, bodyHtml, pictures);
}

const textsAtOnce = 50;

/** Looks again at the published texts that use a picture, after it got an alternative text. */
export async function updateUndescribed(transaction: Handle, pictureId: number): Promise<void> {
  for (let after: number | undefined = 0; after !== undefined; ) {
    const users = await listUndescribedUsers(transaction, pictureId, after);
    for (const { id, picture, pictureAlt, body_html: html } of users) {
      if (!(await isUndescribed(transaction, { picture, pictureAlt: pictureAlt ?? '' }, html))) await transaction.updateTable('article').set({ is_undescribed: 0 }).where('id', '=', id).execute();
    }
    after = users.at(-1)?.id;
  }
}

async function listUndescribedUsers(db: Handle, pictureId: number, after: number) {
  return db
    .selectFrom('picture_use')
    .innerJoin('article', 'article.id', 'picture_use.place_id')
    .leftJoin('lead_picture', 'lead_picture.article_id', 'article.id')
    .select(['article.id', 'lead_picture.picture_id as picture', 'lead_picture.alt as pictureAlt', 'body_html'])
    .where('picture_use.picture_id', '=', pictureId)
    .where('kind', '=', 'article')
    .where('is_undescribed', '=', 1)
    .where('article.id', '>', after)
    .orderBy('article.id')
    .limit(textsAtOnce)
    .execute();
}

/** The themes and pages, and the published, scheduled and withdrawn articles, newest first, that show a picture without an alternative text of their own for it. Portraits of authors have their names. */
export async function listRelyingPlaces(db: Handle, pictureId: number, limit: number): Promise<PicturePlace[]> {
  const uses = await db.selectFrom('picture_use').select(['kind', 'place_id as id']).where('picture_id', '=', pictureId).where('kind', 'in', ['article', 'page', 'theme']).orderBy('kind', 'desc').orderBy('place_id', 'desc').execute();
  const places: PicturePlace[] = [];
  for (const { kind, id } of uses) {
    if (places.length === limit) break;
    const relies = kind === 'article' ? await articleRelies(db, id, pictureId) : kind === 'page' ? await pageRelies(db, id, pictureId) : true;
    const place = relies ? await findPlace(db, kind, id) : undefined;
    if (place) places.push(place);
  }
  return places;
}

async function pageRelies(db: Handle, id: number, pictureId: number): Promise<boolean> {
  const page = await db.selectFrom('static_page').select('body_html').where('id', '=', id).executeTakeFirst();
  return page !== undefined && reliesOnDescription({ picture: null, pictureAlt: '' }, page.body_html, pictureId);
}

async function articleRelies(db: Handle, id: number, pictureId: number): Promise<boolean> {
  const article = await db
    .selectFrom('article')
    .leftJoin('lead_picture', 'lead_picture.article_id', 'article.id')
    .select(['picture_id as picture', 'lead_picture.alt as pictureAlt', 'body_html'])
    .where('article.id', '=', id)
    // Withdrawn articles too, because they can be reinstated.
    .where('published_at', 'is not', null)
    // A text may be 2 MB long, and most use a picture only once.
    .where((eb) => eb.or([eb('picture_id', '=', pictureId), eb('body_html', 'like', `%src="${pictureAddress(pictureId)}"%`)]))
    .executeTakeFirst();
  return article !== undefined && reliesOnDescription({ picture: article.picture, pictureAlt: article.pictureAlt ?? '' }, article.body_html, pictureId);
}
