import type { Context } from '../../context.ts';
import { classifyRevision } from '../../storage/revisions/revisions.ts';
import type { Message } from '../../messages/catalogue.ts';
import type { ActionResult, TextAction, TextRequest } from '../action.ts';
import { articleFormPage } from '../articles/article-form.ts';
import { storeUpload } from '../pictures/store-upload.ts';
import { storeText } from './store-text.ts';

/**
 * Runs an action on a text. If the form has a file for the lead picture, which browsers without JavaScript send with the
 * text, the file first becomes a picture of the library.
 */
export async function withPictureFile(context: Context, request: TextRequest, action: TextAction): Promise<ActionResult> {
  const [file] = request.files;
  if (!file) return action(context, request);
  const result = await storeUpload(context, request, file);
  if ('picture' in result) return action(context, { ...request, form: { ...request.form, picture: String(result.picture.id) } });
  return refuseFile(context, request, { key: 'problems.ofField', values: { field: file.name, problem: request.messages.of(result.problem) } });
}

/** Stores the text all the same, and shows its form again. */
async function refuseFile(context: Context, request: TextRequest, problem: Message): Promise<ActionResult> {
  const { articleId, revisionId, baseId, windowId, form } = await storeText(context, request, 'autosave');
  await classifyRevision(context.db, revisionId, 'faulty');
  if (request.isFromScript) return { status: 422, json: { problem: request.messages.of(problem) } };
  return { ...(await articleFormPage(context, request, { articleId, form, baseId, windowId, errors: [{ field: 'picture', problem }] })), status: 422 };
}
