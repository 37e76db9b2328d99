import type { Selectable } from 'kysely';
import type { Picture, TextOverrides } from '../../content/pictures/picture.ts';
import type { Handle, Tables } from '../database/schema.ts';

/** For {@link toPicture}. */
export const columns = ['picture.id', 'picture.hash', 'picture.width', 'picture.height', 'picture.is_transparent', 'picture.colour', 'picture.alt', 'picture.is_decoration', 'picture.caption', 'picture.credit', 'picture.focus_x', 'picture.focus_y'] as const;

/** SQLite accepts 32,766 in a statement, and a body may name more pictures. */
const maxParameters = 10_000;

/** By id. Leaves out pictures that do not exist. */
export async function findPictures(db: Handle, ids: Iterable<number>): Promise<Map<number, Picture>> {
  const wanted = [...new Set(ids)];
  const found = new Map<number, Picture>();
  for (let start = 0; start < wanted.length; start += maxParameters) {
    const rows = await db.selectFrom('picture').select(columns).where('id', 'in', wanted.slice(start, start + maxParameters)).execute();
    for (const row of rows) found.set(row.id, toPicture(row));
  }
  return found;
}

export async function findPicture(db: Handle, id: number): Promise<Picture | undefined> {
  const row = await db.selectFrom('picture').select(columns).where('id', '=', id).executeTakeFirst();
  return row && toPicture(row);
}

/** A picture with its texts in one article. */
export interface LeadPicture extends TextOverrides {
  picture: Picture;
}

/** The lead pictures of published texts, by the article's id. */
export async function findLeadPictures(db: Handle, articles: { id: number }[]): Promise<Map<number, LeadPicture>> {
  if (articles.length === 0) return new Map();
  const rows = await db
    .selectFrom('lead_picture')
    .innerJoin('picture', 'picture.id', 'lead_picture.picture_id')
    .select(['article_id', 'lead_picture.alt as own_alt', 'lead_picture.caption as own_caption', ...columns])
    .where('article_id', 'in', articles.map(({ id }) => id))
    .execute();
  return new Map(rows.map((row) => [row.article_id, { picture: toPicture(row), alt: row.own_alt, caption: row.own_caption }]));
}

type PictureRow = Pick<Selectable<Tables['picture']>, 'id' | 'hash' | 'width' | 'height' | 'is_transparent' | 'colour' | 'alt' | 'is_decoration' | 'caption' | 'credit' | 'focus_x' | 'focus_y'>;

export function toPicture({ id, hash, width, height, is_transparent: isTransparent, colour, alt, is_decoration: isDecoration, caption, credit, focus_x: x, focus_y: y }: PictureRow): Picture {
  return { id, hash, width, height, isTransparent: isTransparent === 1, colour, alt, isDecoration: isDecoration === 1, caption, credit, focus: { x, y } };
}
