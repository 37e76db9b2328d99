import { pictureIdsIn, splitAtPictures } from '../../content/pictures/body-pictures.ts';
import type { TextOverrides } from '../../content/pictures/picture.ts';
import { isBlank } from '../../content/text/text.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import type { Messages } from '../../messages/messages.ts';
import { markdownOptions } from '../../rendering/markdown-options.ts';
import { findLibraryPictures } from '../../storage/pictures/library.ts';
import type { EditorRequest } from '../action.ts';
import { showPicture, type ShownPicture } from './article-picture.ts';

export interface BodyPicture extends ShownPicture {
  /** The description in the text, which replaces the picture's own; empty: it doesn't, at least in one place. */
  ownAlt: string;
}

/** In CSS pixels. */
const thumbnailWidth = 160;
/** A text with more pictures than these shows the first. */
const maxShown = 50;

/**
 * The pictures that readers of a body see, in the order of the text, each once. Reads the rendered body, as publishing
 * does. If a picture stands in several places, one without a description of its own counts.
 */
export async function readBodyPictures(context: Context, { editor, settings }: Pick<EditorRequest, 'editor' | 'settings'>, body: string): Promise<Map<number, TextOverrides>> {
  const pictures = new Map<number, TextOverrides>();
  if (pictureIdsIn(body).length === 0) return pictures;
  for (const part of splitAtPictures(await renderedBody(context, { editor, settings }, body))) {
    if (typeof part === 'string') continue;
    const { id, alt, caption } = part;
    if (!pictures.has(id) || isBlank(alt)) pictures.set(id, { alt, caption });
  }
  return pictures;
}

async function renderedBody(context: Context, { editor, settings }: Pick<EditorRequest, 'editor' | 'settings'>, body: string): Promise<string> {
  try {
    return (await context.renderer.render(body, markdownOptions(context, settings), `editor:${editor.id}`)).html;
  } catch (error) {
    // While too many texts are waiting, the form is more important than its list of pictures.
    if (error instanceof RequestError) return '';
    throw error;
  }
}

/** The pictures of a body, so that an editor sees them beside their Markdown. */
export async function listBodyPictures(context: Context, request: Pick<EditorRequest, 'editor' | 'settings' | 'messages'>, body: string): Promise<BodyPicture[]> {
  const { messages } = request;
  const placed = [...(await readBodyPictures(context, request, body))].slice(0, maxShown);
  const found = await findLibraryPictures(context.db.reader, placed.map(([id]) => id));
  return placed.map(([id, { alt: ownAlt }]) => {
    const shown = showPicture(messages, id, found.get(id), { alt: ownAlt, caption: '' }, thumbnailWidth);
    const fileName = shown.isDescribed ? '' : found.get(id)?.fileName;
    return { ...shown, ownAlt, name: fileName ? messages.text('articlePictures.named', { id, name: fileName }) : shown.name };
  });
}

export function describeUnknown({ text, language }: Messages, pictures: ShownPicture[]): string[] {
  const ids = pictures.filter(({ image }) => !image).map(({ id }) => String(id));
  return ids.length === 0 ? [] : [text('articlePictures.unknown', { count: ids.length, ids: new Intl.ListFormat(language).format(ids) })];
}
