import { altOf, pictureSearchText, type Picture, type PictureDetails } from '../../content/pictures/picture.ts';
import { recordChange } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';
import type { Handle } from '../database/schema.ts';
import { recordAction } from '../newsroom/audit-log.ts';
import { listRelyingPlaces, updateUndescribed } from './descriptions.ts';
import type { PicturePlace } from './picture-places.ts';

/** An upload as it is stored: upright, in sRGB, without metadata, at most 2560 px on its longer side. */
export interface Master extends Pick<Picture, 'hash' | 'width' | 'height' | 'isTransparent' | 'colour'> {
  /** A JPEG or PNG file. */
  data: Buffer;
}

export interface NewPicture extends Master, PictureDetails {
  /** The name of the uploaded file; empty if unknown. */
  fileName: string;
}

/** Stores a picture. If the library has the same picture already, returns its id and changes nothing. */
export async function addPicture(db: Database, picture: NewPicture, editorId: number | null, now: number): Promise<{ id: number; isNew: boolean }> {
  return inTransaction(db, async (transaction) => {
    const known = await transaction.selectFrom('picture').select('id').where('hash', '=', picture.hash).executeTakeFirst();
    if (known) return { id: known.id, isNew: false };
    const id = await nextPictureId(transaction);
    const { hash, width, height, colour, fileName, data } = picture;
    const row = { id, hash, width, height, size: data.length, is_transparent: Number(picture.isTransparent), colour, file_name: fileName, owner_id: editorId, created_at: now, ...detailColumns(picture, fileName) };
    await transaction.insertInto('picture').values(row).execute();
    await transaction.insertInto('picture_master').values({ picture_id: id, data }).execute();
    await recordAction(transaction, { editorId, action: 'picture-upload', pictureId: id, detail: fileName }, now);
    // A text may have named the id before.
    await recordChange(transaction, touchedTags(id), now);
    return { id, isNew: true };
  });
}

/** Reads the audit log too, so that ids of deleted pictures are never reused: texts may still name them. */
async function nextPictureId(transaction: Handle): Promise<number> {
  const { last } = await transaction.selectFrom('picture').select((eb) => eb.fn.max('id').as('last')).executeTakeFirstOrThrow();
  const { logged } = await transaction.selectFrom('audit_log').select((eb) => eb.fn.max('picture_id').as('logged')).executeTakeFirstOrThrow();
  return Math.max(last ?? 0, logged ?? 0) + 1;
}

function detailColumns({ alt, isDecoration, caption, credit, focus }: PictureDetails, fileName: string) {
  return { alt, is_decoration: Number(isDecoration), caption, credit, focus_x: focus.x, focus_y: focus.y, search_text: pictureSearchText([alt, caption, credit, fileName]) };
}

/** `reliedOnBy`: the change would take the alternative text from what readers see, or will see, in these places. */
export type PictureChange = 'saved' | 'missing' | 'conflict' | { reliedOnBy: PicturePlace[] };

const maxReliedOnBy = 4;

/** @param version the version on which the change is based. If the picture has been changed since, the result is `conflict`. */
export async function changePicture(db: Database, id: number, version: number, details: PictureDetails, editorId: number, now: number): Promise<PictureChange> {
  return inTransaction(db, async (transaction) => {
    const stored = await transaction.selectFrom('picture').select(['version', 'file_name', 'alt', 'is_decoration', 'focus_x', 'focus_y']).where('id', '=', id).executeTakeFirst();
    if (!stored) return 'missing';
    if (stored.version !== version) return 'conflict';
    const wasDescribed = altOf({ alt: stored.alt, isDecoration: stored.is_decoration === 1 }, '') !== undefined;
    const reliedOnBy = wasDescribed && altOf(details, '') === undefined ? await listRelyingPlaces(transaction, id, maxReliedOnBy) : [];
    if (reliedOnBy.length > 0) return { reliedOnBy };
    await transaction.updateTable('picture').set({ ...detailColumns(details, stored.file_name), version: version + 1 }).where('id', '=', id).execute();
    if (!wasDescribed && altOf(details, '') !== undefined) await updateUndescribed(transaction, id);
    const hasMoved = stored.focus_x !== details.focus.x || stored.focus_y !== details.focus.y;
    // The names of crops contain the focal point.
    if (hasMoved) await transaction.deleteFrom('rendition').where('picture_id', '=', id).where('name', 'like', '%-%').execute();
    await recordAction(transaction, { editorId, action: 'picture-change', pictureId: id }, now);
    await recordChange(transaction, touchedTags(id), now);
    return 'saved';
  });
}

/** Returns false, and deletes nothing, while the picture is used anywhere. */
export async function deletePicture(db: Database, id: number, editorId: number | null, now: number): Promise<boolean> {
  return inTransaction(db, async (transaction) => {
    const use = await transaction.selectFrom('picture_use').select('picture_id').where('picture_id', '=', id).limit(1).executeTakeFirst();
    const stored = await transaction.selectFrom('picture').select('file_name').where('id', '=', id).executeTakeFirst();
    if (use || !stored) return false;
    for (const table of ['rendition', 'picture_master'] as const) await transaction.deleteFrom(table).where('picture_id', '=', id).execute();
    await transaction.deleteFrom('picture').where('id', '=', id).execute();
    await recordAction(transaction, { editorId, action: 'picture-deletion', pictureId: id, detail: stored.file_name }, now);
    await recordChange(transaction, touchedTags(id), now);
    return true;
  });
}

function touchedTags(id: number): string[] {
  return [`picture:${id}`, 'pictures'];
}
