import type { Context } from '../../context.ts';
import { classifyRevision } from '../../storage/revisions/revisions.ts';
import type { Message } from '../../messages/catalogue.ts';
import type { ActionResult, TextAction, TextRequest } from '../action.ts';
import { articleFormPage } from '../articles/article-form.ts';
import { storeUpload } from '../pictures/store-upload.ts';
import { storeText, type StoredText } from './store-text.ts';

/**
 * Runs an action on a text. If the form has a file for the lead picture, which browsers without JavaScript send with the
 * text, the file first becomes a picture of the library. If the file is refused, the form is shown again.
 */
export async function withPictureFile(context: Context, request: TextRequest, action: TextAction): Promise<ActionResult> {
  const [file] = request.files;
  if (!file) return action(context, request);
  // Decoding takes seconds, in which the server may be stopped.
  const text = await storeText(context, request, 'autosave');
  const result = await storeUpload(context, request, file);
  if ('picture' in result) return action(context, { ...request, form: { ...request.form, picture: String(result.picture.id) } });
  return refuseFile(context, request, text, { key: 'problems.ofField', values: { field: file.name, problem: request.messages.of(result.problem) } });
}

async function refuseFile(context: Context, request: TextRequest, { articleId, revisionId, baseId, deletedId, windowId, form }: StoredText, problem: Message): Promise<ActionResult> {
  await classifyRevision(context.db, revisionId, 'faulty');
  if (request.isFromScript) return { status: 422, json: { problem: request.messages.of(problem) } };
  return { ...(await articleFormPage(context, request, { articleId, deletedId, form, baseId, windowId, errors: [{ field: 'picture', problem }] })), status: 422 };
}
