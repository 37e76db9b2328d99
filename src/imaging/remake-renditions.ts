import type { Picture } from '../content/pictures/picture.ts';
import { listRenditions } from '../content/pictures/renditions.ts';
import type { Context } from '../context.ts';
import { findPicture } from '../storage/pictures/pictures.ts';
import { findMaster } from '../storage/pictures/renditions.ts';
import { listPictureIds, replaceRenditions } from '../storage/pictures/replace-renditions.ts';

export interface Remade {
  /** How many were made. */
  renditions: number;
  /** The pictures whose renditions could not be made; the old ones stay. */
  failed: { id: number; reason: string }[];
}

/** Makes all renditions of all pictures again. Readers get a picture's old ones until its new ones are complete. `progress` gets the completed share, 0 to 1. */
export async function remakeRenditions(context: Pick<Context, 'db' | 'imaging'>, progress: (share: number) => void): Promise<Remade> {
  const ids = await listPictureIds(context.db);
  const remade: Remade = { renditions: 0, failed: [] };
  for (const [index, id] of ids.entries()) {
    const picture = await findPicture(context.db.reader, id);
    const made = picture && (await makeAll(context, picture));
    if (made instanceof Map) {
      await replaceRenditions(context.db, id, made);
      remade.renditions += made.size;
    } else if (made) remade.failed.push({ id, reason: made.message });
    progress((index + 1) / ids.length);
  }
  return remade;
}

/** The files by name, or the reason why one of them can't be made. */
async function makeAll({ db, imaging }: Pick<Context, 'db' | 'imaging'>, picture: Picture): Promise<Map<string, Buffer> | Error> {
  const master = await findMaster(db, picture.id);
  const files = new Map<string, Buffer>();
  try {
    for (const rendition of listRenditions(picture)) {
      const data = await imaging.makeRendition(async () => master, rendition, 'background');
      if (data) files.set(rendition.name, data);
    }
    return files;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
