import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { findLibraryPicture } from '../../storage/pictures/library.ts';
import { deletePicture } from '../../storage/pictures/save-picture.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, PictureRequest } from '../action.ts';
import { listPlaces } from './places.ts';
import { pictureName, thumbnailOf } from './shown-picture.ts';

/** Asks for confirmation, or shows which places still use the picture. */
export async function deletionForm(context: Context, request: PictureRequest): Promise<ActionResult> {
  return showDeletion(context, request, 200);
}

export async function deletion(context: Context, request: PictureRequest): Promise<ActionResult> {
  const { picture, editor, now } = request;
  if (await deletePicture(context.db, picture.id, editor.id, now)) return { seeOther: withQuery(admin.pictures, { done: 'deletion' }) };
  if (!(await findLibraryPicture(context.db.reader, picture.id))) throw new RequestError(404, 'errors.noPicture');
  return showDeletion(context, request, 409);
}

async function showDeletion(context: Context, request: PictureRequest, status: number): Promise<ActionResult> {
  const { picture, messages } = request;
  return {
    status,
    view: 'pictures/deletion',
    data: {
      title: messages.text('pictures.deletion'),
      section: 'pictures',
      name: pictureName(messages, picture),
      thumbnail: thumbnailOf(picture),
      places: await listPlaces(context, request),
      path: admin.ofPicture(picture.id, 'deletion'),
      back: admin.picture(picture.id),
    },
  };
}
