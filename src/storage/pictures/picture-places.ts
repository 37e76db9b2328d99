import { findEdited, type EditedArticle } from '../articles/edited-article.ts';
import type { PictureUseKind } from '../database/picture-tables.ts';
import type { Handle } from '../database/schema.ts';

/** A place that uses a picture. */
export type PicturePlace = { article: EditedArticle; owner: string | null } | { page: { path: string; title: string } } | { theme: { id: number; name: string } } | { author: { id: number; name: string } } | 'settings';

/** All places that use a picture: themes, the settings, pages, authors, articles, each newest first. */
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
  if (kind === 'theme' || kind === 'author') return findNamedPlace(db, kind, id);
  return kind === 'page' ? findPage(db, id) : findArticle(db, id);
}

async function findPage(db: Handle, id: number): Promise<PicturePlace | undefined> {
  const page = await db.selectFrom('static_page').select(['path', 'title']).where('id', '=', id).executeTakeFirst();
  return page && { page };
}

async function findNamedPlace(db: Handle, kind: 'theme' | 'author', id: number): Promise<PicturePlace | undefined> {
  const named = await db.selectFrom(kind).select(['id', 'name']).where('id', '=', id).executeTakeFirst();
  return named && (kind === 'theme' ? { theme: named } : { author: named });
}

async function findArticle(db: Handle, id: number): Promise<PicturePlace | undefined> {
  const article = await findEdited(db, id);
  if (!article) return undefined;
  const owner = article.ownerId === null ? undefined : await db.selectFrom('editor').select('name').where('id', '=', article.ownerId).executeTakeFirst();
  return { article, owner: owner?.name ?? null };
}
