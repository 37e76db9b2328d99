import type { ArticleForm } from '../../content/articles/article-form.ts';
import { pictureLimits, readPictureId } from '../../content/pictures/picture.ts';
import type { Messages } from '../../messages/messages.ts';
import { findPicture } from '../../storage/pictures/pictures.ts';
import type { Handle } from '../../storage/database/schema.ts';
import { acceptedTypes } from '../pictures/library.ts';
import { columnWidth } from '../pictures/shown-picture.ts';
import { showPicture, type ShownPicture } from './article-picture.ts';

/** Without HEIC among the types, iOS converts the pictures of its library to JPEG. */
const files = { accept: acceptedTypes, maxFileSize: pictureLimits.fileSize, megabytes: pictureLimits.fileSize / 1024 / 1024 };

export interface LeadPictureField {
  shown: ShownPicture | undefined;
  /** The picture's own texts, for which an article may have others. */
  ownAlt: string;
  ownCaption: string;
  isDecoration: boolean;
  /** For the file input: a list of media types. */
  accept: string;
  /** In bytes. */
  maxFileSize: number;
  megabytes: number;
}

export async function loadLeadPicture(db: Handle, messages: Messages, { picture: typed, pictureAlt, pictureCaption }: Pick<ArticleForm, 'picture' | 'pictureAlt' | 'pictureCaption'>): Promise<LeadPictureField> {
  const id = readPictureId(typed);
  const picture = id === undefined ? undefined : await findPicture(db, id);
  const shown = id === undefined ? undefined : showPicture(messages, id, picture, { alt: pictureAlt, caption: pictureCaption }, columnWidth);
  return { shown, ownAlt: picture?.alt ?? '', ownCaption: picture?.caption ?? '', isDecoration: picture?.isDecoration ?? false, ...files };
}
