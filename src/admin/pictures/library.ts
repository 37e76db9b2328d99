import { readId } from '../../content/articles/id.ts';
import { pictureLimits } from '../../content/pictures/picture.ts';
import { foldedWords } from '../../content/search/words.ts';
import { cleanLine } from '../../content/text/text.ts';
import type { Context } from '../../context.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import { libraryFilters, listLibrary, type LibraryFilter } from '../../storage/pictures/library.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { noticeOf } from '../notice.ts';
import { pictureJson, showListed } from './shown-picture.ts';
import { readUploadNotice, type Notice } from './upload-notice.ts';

const pageLength = 30;
const maxQueryLength = 500;
const maxWords = 16;

const filterLabels = { all: 'pictures.all', unused: 'pictures.unused', undescribed: 'pictures.undescribed' } as const satisfies Record<string, MessageKey>;

export const acceptedTypes = 'image/jpeg,image/png,image/webp,image/avif,image/gif';
export const uploadHintLimits = { megabytes: pictureLimits.fileSize / 1024 / 1024, megapixels: pictureLimits.pixels / 1_000_000 };

export async function library(context: Context, request: EditorRequest): Promise<ActionResult> {
  if (request.isFromScript) return libraryJson(context, request);
  const done = noticeOf(request, notices);
  const notice = done ? { text: done, links: [] } : await readUploadNotice(context, request);
  return libraryPage(context, request, { notice, problems: [] });
}

interface LibraryParts {
  notice: Notice | undefined;
  /** Of an upload. */
  problems: string[];
}

/** Contributors see all pictures too, to choose from. */
export async function libraryPage({ db }: Context, request: EditorRequest, { notice, problems }: LibraryParts): Promise<ActionResult> {
  const { messages } = request;
  const { text } = messages;
  const { q, filter, before } = readQuery(request);
  const { pictures, next } = await listLibrary(db, filter, { before, limit: pageLength });
  const here = { q, only: filter.only };
  return {
    view: 'pictures/library',
    data: {
      title: text('pictures.library'),
      section: 'pictures',
      notice,
      problems: problems.map((message) => ({ field: 'upload_files', message })),
      uploadTo: admin.pictures,
      accept: acceptedTypes,
      uploadHint: text('pictures.uploadHint', uploadHintLimits),
      maxFileSize: pictureLimits.fileSize,
      q,
      only: filter.only ?? '',
      filters: ([undefined, ...libraryFilters] as const).map((only) => ({ label: text(filterLabels[only ?? 'all']), href: withQuery(admin.pictures, { q, only }), isChosen: only === filter.only })),
      isFiltered: filter.words.length > 0 || filter.only !== undefined,
      isContinued: before !== undefined,
      first: withQuery(admin.pictures, here),
      pictures: pictures.map((picture) => showListed(messages, picture)),
      next: next && withQuery(admin.pictures, { ...here, before: String(next) }),
    },
  };
}

async function libraryJson({ db }: Context, request: EditorRequest): Promise<ActionResult> {
  const { q, filter, before } = readQuery(request);
  const { pictures, next } = await listLibrary(db, filter, { before, limit: pageLength });
  return { json: { pictures: pictures.map(pictureJson), next: next === undefined ? null : withQuery(admin.pictures, { q, only: filter.only, before: String(next) }) } };
}

function readQuery({ query, editor, now }: EditorRequest): { q: string; filter: LibraryFilter; before: number | undefined } {
  const q = cleanLine(query['q'] ?? '').slice(0, maxQueryLength).toWellFormed();
  // Contributors don't learn the titles of their colleagues' unpublished articles, not even word by word.
  const titles = editor.role === 'contributor' ? { publishedBy: now, ownerId: editor.id } : 'all';
  return { q, filter: { words: foldedWords(q).slice(0, maxWords), only: libraryFilters.find((name) => name === query['only']), titles }, before: readId(query['before']) };
}

const notices = { 'deletion': 'pictures.afterDeletion', 'upload': 'pictures.afterUploads', 'known': 'pictures.afterKnownUploads' } as const satisfies Record<string, MessageKey>;
