import { readId } from '../../content/articles/id.ts';
import { parsePictureForm, readPictureForm, type Picture, type PictureForm, type PictureProblem } from '../../content/pictures/picture.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { findLastPictureChange, findLibraryPicture } from '../../storage/pictures/library.ts';
import { changePicture } from '../../storage/pictures/save-picture.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, PictureRequest } from '../action.ts';
import { fieldLabels, formOf, showPicture } from './picture-page.ts';
import { nameList } from './places.ts';
import { pictureJson } from './shown-picture.ts';

/** Saves the details of a picture. If somebody else has changed it since the form was opened, the form comes back with both versions. */
export async function details(context: Context, request: PictureRequest): Promise<ActionResult> {
  const { editor, isFromScript, now } = request;
  const form = readPictureForm(request.form);
  const parsed = parsePictureForm(form);
  if ('errors' in parsed) return refuse(context, request, form, parsed.errors);
  const result = await changePicture(context.db, request.picture.id, readId(request.form['version']) ?? 0, parsed.details, editor.id, now);
  if (typeof result === 'object') return refuse(context, request, form, [{ field: 'alt', problem: { key: 'problems.altReliedOn', values: { names: nameList(result.reliedOnBy, request) } } }]);
  const picture = await findLibraryPicture(context.db.reader, request.picture.id);
  if (result === 'missing' || !picture) throw new RequestError(404, 'errors.noPicture');
  // If the form was sent twice, the first submission has saved it.
  const typed = formOf({ ...picture, ...parsed.details });
  if (result === 'conflict' && differences(typed, formOf(picture)).length > 0) return showConflict(context, { ...request, picture }, typed);
  if (result === 'saved' && hasMoved(request.picture, picture)) context.renditions.prepare(picture);
  return isFromScript ? { json: { ...pictureJson(picture), focus: picture.focus, version: picture.version } } : { seeOther: withQuery(admin.picture(picture.id), { done: 'details' }) };
}

async function refuse(context: Context, request: PictureRequest, form: PictureForm, errors: PictureProblem[]): Promise<ActionResult> {
  const { messages, isFromScript } = request;
  if (isFromScript) return { status: 422, json: { problems: errors.map(({ field, problem }) => ({ field, problem: messages.of(problem) })) } };
  // The version on which the form is based, so that a conflict is still found when the form is sent again.
  const picture = { ...request.picture, version: readId(request.form['version']) ?? 0 };
  return { ...(await showPicture(context, { ...request, picture }, { form, errors })), status: 422 };
}

/** Sending the form again replaces the other version, which its editor has now seen. */
async function showConflict(context: Context, request: PictureRequest, form: PictureForm): Promise<ActionResult> {
  const { picture, messages, times, now, isFromScript } = request;
  const last = await findLastPictureChange(context.db.reader, picture.id);
  const text = messages.text('pictures.conflict', { name: last?.editor ?? messages.text('articleActions.somebodyElse'), time: times.moment(last?.at ?? now, now) });
  if (isFromScript) return { status: 409, json: { problem: text, picture: { ...pictureJson(picture), focus: picture.focus, version: picture.version } } };
  const saved = formOf(picture);
  const values = differences(form, saved).map((field) => ({ label: messages.text(fieldLabels[field]), value: field === 'decoration' ? messages.text(saved.decoration ? 'pictures.yes' : 'pictures.no') : saved[field] || messages.text('pictures.nothing') }));
  return { ...(await showPicture(context, request, { form, conflict: { text, values } })), status: 409 };
}

/** The crops around the former focal point have been deleted. */
function hasMoved({ focus: before }: Picture, { focus: after }: Picture): boolean {
  return before.x !== after.x || before.y !== after.y;
}

function differences(one: PictureForm, other: PictureForm): (keyof PictureForm)[] {
  return (['alt', 'decoration', 'caption', 'credit', 'focusX', 'focusY'] as const).filter((field) => one[field] !== other[field]);
}
