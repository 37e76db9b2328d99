import { pictureLimits, readPictureId } from '../../content/pictures/picture.ts';
import type { Context } from '../../context.ts';
import { findPicture } from '../../storage/pictures/pictures.ts';
import type { EditorRequest } from '../action.ts';
import { acceptedTypes } from './library.ts';
import { imageOf, type Image } from './shown-picture.ts';

/** What the dialog that chooses a picture lets an editor upload. */
export const pictureUploads = { accept: acceptedTypes, maxFileSize: pictureLimits.fileSize };

/** The picture whose number was typed, as a field shows it; undefined if there is none. `minWidth` is in pixels. */
export async function chosenImage({ db }: Context, { messages }: EditorRequest, typed: string, minWidth = 0): Promise<(Image & { name: string }) | undefined> {
  const id = readPictureId(typed);
  const picture = id === undefined ? undefined : await findPicture(db.reader, id);
  return picture && { ...imageOf(picture, minWidth), name: messages.text('scripts.pictureName', { id: picture.id }) };
}
