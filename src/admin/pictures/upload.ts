import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { libraryPage } from './library.ts';
import { pictureJson } from './shown-picture.ts';
import { uploadNotice, uploadResultPath } from './upload-notice.ts';
import { storeUpload, type AcceptedUpload } from './store-upload.ts';

interface Refused {
  name: string;
  problem: Message;
  status: number;
}

/** Adds the uploaded files to the library. A file that is refused does not keep the others out. */
export async function upload(context: Context, request: EditorRequest): Promise<ActionResult> {
  const accepted: AcceptedUpload[] = [];
  const refused: Refused[] = [];
  for (const file of request.files) {
    const result = await storeUpload(context, request, file);
    if ('picture' in result) accepted.push(result);
    else refused.push({ name: file.name, problem: result.problem, status: result.status });
  }
  if (request.isFromScript) return uploadJson(request, accepted, refused);
  if (accepted.length === 0 || refused.length > 0) return showProblems(context, request, accepted, refused);
  const [only] = accepted;
  const known = accepted.filter(({ isNew }) => !isNew).length;
  if (accepted.length > 1 && known > 0 && known < accepted.length) return { seeOther: uploadResultPath(accepted) };
  const done = known > 0 ? 'known' : 'upload';
  return { seeOther: withQuery(accepted.length === 1 && only ? admin.picture(only.picture.id) : admin.pictures, { done }) };
}

function uploadJson({ messages }: EditorRequest, accepted: AcceptedUpload[], refused: Refused[]): ActionResult {
  const problems = refused.map(({ name, problem }) => ({ name, problem: messages.of(problem) }));
  const status = accepted.length > 0 ? 201 : refused.length > 0 ? Math.max(...refused.map((each) => each.status)) : 422;
  return { status, json: { pictures: accepted.map(({ picture, isNew }) => ({ ...pictureJson(picture), isNew })), problems: problems.length > 0 || accepted.length > 0 ? problems : [{ name: '', problem: messages.text('pictures.noFile') }] } };
}

async function showProblems(context: Context, request: EditorRequest, accepted: AcceptedUpload[], refused: Refused[]): Promise<ActionResult> {
  const { messages } = request;
  const problems = refused.map(({ name, problem }) => messages.text('problems.ofField', { field: name, problem: messages.of(problem) }));
  const notice = accepted.length > 0 ? await uploadNotice(context, request, accepted) : undefined;
  return { ...(await libraryPage(context, request, { notice, problems: problems.length > 0 ? problems : [messages.text('pictures.noFile')] })), status: 422 };
}
