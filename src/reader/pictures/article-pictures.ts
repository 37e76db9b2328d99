import { articlePictureIds } from '../../content/pictures/body-pictures.ts';
import type { PublishedArticle } from '../../storage/articles/articles.ts';
import type { Database } from '../../storage/database/database.ts';
import { findPictures, type LeadPicture } from '../../storage/pictures/pictures.ts';
import type { Site } from '../site.ts';
import { articleBody, articleLead } from './places.ts';
import { showBody, type BodyPart } from './show-body.ts';
import { showPicture, type ShownPicture } from './show-picture.ts';

export interface ArticlePictures {
  /** Of all pictures in the text, even if they do not exist. */
  ids: number[];
  lead: ShownPicture | undefined;
  /** The lead picture, for link previews and search engines. */
  representative: LeadPicture | undefined;
  body: BodyPart[];
}

/** The lead picture of an article, and its body split at the pictures. */
export async function showPicturesOf(db: Database, site: Site, { picture, bodyHtml }: Pick<PublishedArticle, 'picture' | 'bodyHtml'>): Promise<ArticlePictures> {
  const ids = articlePictureIds(picture?.id, bodyHtml);
  const pictures = await findPictures(db.reader, ids);
  const lead = picture && pictures.get(picture.id);
  return { ids, lead: lead && showPicture(site, lead, articleLead, picture), representative: lead && { ...picture, picture: lead }, body: showBody(site, bodyHtml, pictures, articleBody) };
}
