import { inTransaction, type Database } from '../database/database.ts';

/** Stores these renditions of a picture and deletes all others. Does nothing if the picture was deleted in the meantime. */
export async function replaceRenditions(db: Database, pictureId: number, files: ReadonlyMap<string, Buffer>): Promise<void> {
  await inTransaction(db, async (transaction) => {
    const picture = await transaction.selectFrom('picture').select('id').where('id', '=', pictureId).executeTakeFirst();
    if (!picture) return;
    await transaction.deleteFrom('rendition').where('picture_id', '=', pictureId).execute();
    for (const [name, data] of files) await transaction.insertInto('rendition').values({ picture_id: pictureId, name, data, lease_until: 0 }).execute();
  });
}

/** All ids, ascending. */
export async function listPictureIds(db: Database): Promise<number[]> {
  return (await db.reader.selectFrom('picture').select('id').orderBy('id').execute()).map(({ id }) => id);
}
