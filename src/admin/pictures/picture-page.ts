import { canChangePicture } from '../../content/accounts/permissions.ts';
import { parseCaption } from '../../content/pictures/caption.ts';
import { pictureLimits, type PictureForm, type PictureProblem } from '../../content/pictures/picture.ts';
import type { Context } from '../../context.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import type { LibraryPicture } from '../../storage/pictures/library.ts';
import { admin } from '../../urls.ts';
import type { ActionResult, PictureRequest, ViewResult } from '../action.ts';
import { noticeOf } from '../notice.ts';
import { cropPreviews } from './crop-previews.ts';
import { listPlaces } from './places.ts';
import { imageOf, pictureMarkdown, pictureName, sourcesOf } from './shown-picture.ts';

const notices = { upload: 'pictures.afterUpload', known: 'pictures.afterKnownUpload', details: 'pictures.afterDetails' } as const satisfies Record<string, MessageKey>;

export async function picturePage(context: Context, request: PictureRequest): Promise<ActionResult> {
  return showPicture(context, request, { form: formOf(request.picture), notice: noticeOf(request, notices) });
}

interface PictureParts {
  form: PictureForm;
  notice?: string | undefined;
  errors?: PictureProblem[];
  /** Another editor's change that the form does not contain. */
  conflict?: { text: string; values: { label: string; value: string }[] };
}

export async function showPicture(context: Context, request: PictureRequest, { form, notice, errors = [], conflict }: PictureParts): Promise<ViewResult> {
  const { picture, editor, messages } = request;
  const places = await listPlaces(context, request);
  const canChange = canChangePicture(editor, picture);
  const { x, y } = shownFocus(form, picture);
  return {
    view: 'pictures/picture',
    data: {
      title: pictureName(messages, picture),
      section: 'pictures',
      notice,
      problems: errors.map(({ field, problem }) => ({ field: `picture_${field}`, message: messages.text('problems.ofField', { field: messages.text(fieldLabels[field]), problem: messages.of(problem) }) })),
      faults: Object.fromEntries(errors.map(({ field, problem }) => [field, messages.of(problem)])),
      conflict,
      image: { ...imageOf(picture, 960), sources: sourcesOf(picture) },
      original: { width: picture.width, height: picture.height },
      marker: { x: (x * picture.width) / 100, y: (y * picture.height) / 100 },
      focus: { x, y },
      crops: cropPreviews(messages, picture, { x, y }),
      // A browser shows nothing but numbers in these fields, and never sends anything else.
      form: { ...form, focusX: onlyNumber(form.focusX), focusY: onlyNumber(form.focusY) },
      version: picture.version,
      limits: pictureLimits,
      texts: { ...picture, captionHtml: parseCaption(picture.caption, context.config.siteUrl).html },
      facts: factsOf(request),
      markdown: pictureMarkdown(picture.id),
      places,
      canChange,
      saveTo: admin.ofPicture(picture.id, 'details'),
      deletion: canChange && places.length === 0 ? admin.ofPicture(picture.id, 'deletion') : undefined,
    },
  };
}

export const fieldLabels = {
  alt: 'pictures.alt',
  decoration: 'pictures.decoration',
  caption: 'pictures.caption',
  credit: 'pictures.credit',
  focusX: 'pictures.focusX',
  focusY: 'pictures.focusY',
} as const satisfies Record<keyof PictureForm, MessageKey>;

export function formOf({ alt, isDecoration, caption, credit, focus }: LibraryPicture): PictureForm {
  return { alt, decoration: isDecoration ? '1' : '', caption, credit, focusX: String(focus.x), focusY: String(focus.y) };
}

function onlyNumber(typed: string): string {
  return /^-?\d+$/.test(typed.trim()) ? typed.trim() : '';
}

/** The typed focal point as far as it is valid. */
function shownFocus({ focusX, focusY }: PictureForm, { focus }: LibraryPicture): { x: number; y: number } {
  const within = (typed: string, stored: number) => (/^(?:\d{1,2}|100)$/.test(typed.trim()) ? Number(typed) : stored);
  return { x: within(focusX, focus.x), y: within(focusY, focus.y) };
}

function factsOf({ picture, messages: { text, language }, times }: PictureRequest): { label: string; value: string }[] {
  const { width, height, size, fileName, owner, createdAt } = picture;
  const kilobytes = new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(Math.max(1, size / 1024));
  return [
    { label: text('pictures.size'), value: text('pictures.sizeIs', { width, height, kilobytes }) },
    ...(fileName ? [{ label: text('pictures.fileName'), value: fileName }] : []),
    { label: text('pictures.uploaded'), value: owner === null ? times.date(createdAt).full : text('pictures.uploadedBy', { name: owner, date: times.date(createdAt).full }) },
    { label: text('pictures.number'), value: String(picture.id) },
  ];
}
