import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { RefusedPicture } from '../../imaging/refused-picture.ts';
import type { Message, MessageKey } from '../../messages/catalogue.ts';
import { findLibraryPicture, type LibraryPicture } from '../../storage/pictures/library.ts';
import { addPicture } from '../../storage/pictures/save-picture.ts';
import type { EditorRequest } from '../action.ts';
import type { UploadedFile } from '../uploads/uploaded-files.ts';

export interface AcceptedUpload {
  picture: LibraryPicture;
  isNew: boolean;
}

/** `status` is the HTTP status. After a 5xx status, the same file may succeed later. */
export type StoredUpload = AcceptedUpload | { problem: Message; status: number };

/** Adds an uploaded file to the library, with the caption and credit from its metadata. A picture that the library has already stays as it is. */
export async function storeUpload(context: Context, { editor, now }: Pick<EditorRequest, 'editor' | 'now'>, file: UploadedFile): Promise<StoredUpload> {
  if (file.problem) return refuse(file.problem);
  try {
    const master = await context.imaging.makeMaster(file.path);
    const { id, isNew } = await addPicture(context.db, { ...master, fileName: file.name, alt: '', isDecoration: false, focus: { x: 50, y: 50 } }, editor.id, now);
    const picture = await findLibraryPicture(context.db.reader, id);
    if (!picture) return refuse({ key: 'pictures.notStored' });
    if (isNew) context.renditions.prepare(picture);
    return { picture, isNew };
  } catch (error) {
    // The other files of the same form are still stored.
    if (error instanceof RequestError) return { problem: error.problem, status: error.status };
    if (error instanceof RefusedPicture) return refuse(error.problem);
    throw error;
  }
}

function refuse(problem: Message): StoredUpload {
  return { problem, status: statuses[problem.key] ?? 422 };
}

const statuses: Partial<Record<MessageKey, number>> = { 'problems.pictureFileSize': 413, 'pictures.notStored': 503 };
