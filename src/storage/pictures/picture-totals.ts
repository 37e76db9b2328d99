import { sql, type SqlBool } from 'kysely';
import type { Handle } from '../database/schema.ts';

/** A number of files, and their size in bytes. */
export interface Total {
  count: number;
  bytes: number;
}

export interface PictureTotals {
  pictures: Total;
  renditions: Total;
  /** Used by no article, page or setting. */
  unused: Total;
  /** The number of pictures that have no alternative text and are not marked as decoration. */
  undescribed: number;
}

export async function findPictureTotals(db: Handle): Promise<PictureTotals> {
  const bytesOf = (column: string) => sql<number>`coalesce(sum(${sql.raw(column)}), 0)`.as('bytes');
  const pictures = db.selectFrom('picture').select((eb) => [eb.fn.countAll<number>().as('count'), bytesOf('size')]);
  const renditions = db.selectFrom('rendition').select((eb) => [eb.fn.countAll<number>().as('count'), bytesOf('length(data)')]).where('data', 'is not', null);
  return {
    pictures: await pictures.executeTakeFirstOrThrow(),
    renditions: await renditions.executeTakeFirstOrThrow(),
    unused: await pictures.where(isUnused).executeTakeFirstOrThrow(),
    undescribed: (await pictures.where('alt', '=', '').where('is_decoration', '=', 0).executeTakeFirstOrThrow()).count,
  };
}

export interface UnusedPicture {
  id: number;
  fileName: string;
  /** Of the master, in bytes. */
  size: number;
  /** UTC milliseconds. */
  createdAt: number;
}

/** The unused pictures uploaded before a time (UTC milliseconds), oldest first. */
export async function listUnusedPictures(db: Handle, before: number): Promise<UnusedPicture[]> {
  return db.selectFrom('picture').select(['id', 'file_name as fileName', 'size', 'created_at as createdAt']).where(isUnused).where('created_at', '<', before).orderBy('id').execute();
}

const isUnused = sql<SqlBool>`not exists (select 1 from picture_use where picture_id = picture.id)`;
