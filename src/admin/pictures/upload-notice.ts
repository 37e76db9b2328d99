import { readId } from '../../content/articles/id.ts';
import type { Context } from '../../context.ts';
import { findPictures } from '../../storage/pictures/pictures.ts';
import { admin, withQuery } from '../../urls.ts';
import type { EditorRequest } from '../action.ts';
import { pictureName } from './shown-picture.ts';
import type { AcceptedUpload } from './store-upload.ts';

/** The most names in a notice, so that the redirect's address stays short. */
const maxLinks = 20;

export interface Notice {
  text: string;
  links: { name: string; href: string }[];
}

/** The library's address after an upload of which it had some pictures already. */
export function uploadResultPath(accepted: AcceptedUpload[]): string {
  const { added, known } = split(accepted);
  return withQuery(admin.pictures, { added: String(added), known: known.join(' ') });
}

/** Undefined if the address has no result of an upload. */
export async function readUploadNotice(context: Context, request: EditorRequest): Promise<Notice | undefined> {
  const { added = '', known = '' } = request.query;
  if (!/^\d{1,3}$/.test(added)) return undefined;
  const ids = known.split(' ').slice(0, 1000).flatMap((id) => readId(id) ?? []);
  return makeNotice(context, request, Number(added), ids);
}

export async function uploadNotice(context: Context, request: EditorRequest, accepted: AcceptedUpload[]): Promise<Notice> {
  const { added, known } = split(accepted);
  return makeNotice(context, request, added, known);
}

async function makeNotice({ db }: Context, { messages }: EditorRequest, added: number, known: number[]): Promise<Notice> {
  const found = await findPictures(db.reader, known.slice(0, maxLinks));
  const links = [...found.values()].map(({ id, alt }) => ({ name: pictureName(messages, { id, alt, fileName: '' }), href: admin.picture(id) }));
  const text = known.length === 0 ? messages.text('pictures.uploadResult', { count: added }) : messages.text('pictures.uploadResultWithKnown', { added, known: known.length });
  return { text, links };
}

/** A new file that was uploaded twice counts once. */
function split(accepted: AcceptedUpload[]): { added: number; known: number[] } {
  const added = new Set(accepted.filter(({ isNew }) => isNew).map(({ picture }) => picture.id));
  const known = new Set(accepted.map(({ picture }) => picture.id).filter((id) => !added.has(id)));
  return { added: added.size, known: [...known] };
}
