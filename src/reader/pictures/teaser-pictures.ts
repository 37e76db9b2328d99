import type { ListedArticle } from '../../storage/articles/lists.ts';
import type { Database } from '../../storage/database/database.ts';
import { findLeadPictures, type LeadPicture } from '../../storage/pictures/pictures.ts';
import type { Site } from '../site.ts';
import { listRow, type Place } from './places.ts';
import { picturesShown, showPicture, type ShownPicture } from './show-picture.ts';

/** The lead pictures of listed articles, by the article's id. Without pictures, it needs no query. */
export async function findTeaserPictures(db: Database, articles: ListedArticle[]): Promise<Map<number, LeadPicture>> {
  return findLeadPictures(db.reader, articles.filter(({ pictureId }) => pictureId !== null));
}

/** Undefined if the picture is too small for the place. */
export function showTeaserPicture(site: Site, lead: LeadPicture | undefined, place: Place): ShownPicture | undefined {
  return lead && lead.picture.width >= (place.minWidth ?? 0) ? showPicture(site, lead.picture, place, lead) : undefined;
}

/** For the row of a list. It has no alternative text, because it shows nothing that the title beside it does not say. */
export function showRowPicture(site: Site, lead: LeadPicture | undefined): ShownPicture | undefined {
  const shown = showTeaserPicture(site, lead, listRow);
  return shown && { ...shown, alt: '' };
}

/** The page cache's tags for lead pictures. */
export function leadPicturesShown(leads: Map<number, LeadPicture>): string[] {
  return picturesShown([...new Set([...leads.values()].map(({ picture }) => picture.id))]);
}
