import { findEdited, type EditedArticle } from '../articles/edited-article.ts';
import type { PictureUseKind } from '../database/picture-tables.ts';
import type { Handle } from '../database/schema.ts';

/** A place that uses a picture. */
export type PicturePlace = { article: EditedArticle; owner: string | null } | { page: { path: string; title: string } } | { author: { id: number; name: string } } | 'settings';

/** All places that use a picture: the settings, pages, authors, then articles, the newest of each first. */
export async function listPicturePlaces(db: Handle, pictureId: number): Promise<PicturePlace[]> {
  const uses = await db.selectFrom('picture_use').select(['kind', 'place_id as id']).where('picture_id', '=', pictureId).orderBy('kind', 'desc').orderBy('place_id', 'desc').execute();
  const places: PicturePlace[] = [];
  for (const { kind, id } of uses) {
    const place = await findPlace(db, kind, id);
    if (place) places.push(place);
  }
  return places;
}

export async function findPlace(db: Handle, kind: PictureUseKind, id: number): Promise<PicturePlace | undefined> {
  if (kind === 'settings') return 'settings';
  if (kind === 'author') return findAuthor(db, id);
  return kind === 'page' ? findPage(db, id) : findArticle(db, id);
}

async function findAuthor(db: Handle, id: number): Promise<PicturePlace | undefined> {
  const author = await db.selectFrom('author').select(['id', 'name']).where('id', '=', id).executeTakeFirst();
  return author && { author };
}

async function findPage(db: Handle, id: number): Promise<PicturePlace | undefined> {
  const page = await db.selectFrom('static_page').select(['path', 'title']).where('id', '=', id).executeTakeFirst();
  return page && { page };
}

async function findArticle(db: Handle, id: number): Promise<PicturePlace | undefined> {
  const article = await findEdited(db, id);
  if (!article) return undefined;
  const owner = article.ownerId === null ? undefined : await db.selectFrom('editor').select('name').where('id', '=', article.ownerId).executeTakeFirst();
  return { article, owner: owner?.name ?? null };
}
