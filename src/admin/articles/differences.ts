import { articleFields, type ArticleField, type ArticleForm } from '../../content/articles/article-form.ts';
import { pictureIdsIn } from '../../content/pictures/body-pictures.ts';
import { readPictureId, type TextOverrides } from '../../content/pictures/picture.ts';
import { diffWords, shortenDiff, type DiffGap, type DiffPart } from '../../content/text/text-diff.ts';
import type { Messages } from '../../messages/messages.ts';
import type { Handle } from '../../storage/database/schema.ts';
import { findPictures } from '../../storage/pictures/pictures.ts';
import { fieldLabels } from './field-texts.ts';
import { showPicture, type ShownPicture } from './shown-picture.ts';

/** How much unchanged text is shown around a difference, in characters. */
const contextLength = 120;
/** In CSS pixels. */
const thumbnailWidth = 320;
/** A text may name thousands of pictures. */
const maxPictures = 50;

export interface Difference {
  label: string;
  /** Empty for a lead picture. */
  parts: (DiffPart | DiffGap)[];
  pictures: { kind: 'removed' | 'added'; label: string; picture: ShownPicture }[];
}

export async function showDifferences(db: Handle, messages: Messages, from: ArticleForm, to: ArticleForm): Promise<Difference[]> {
  const labels = fieldLabels(messages);
  const changed = articleFields.filter((field) => from[field] !== to[field]);
  return Promise.all(changed.map(async (field) => ({ label: labels[field], ...(await changesOf(db, messages, field, from, to)) })));
}

async function changesOf(db: Handle, messages: Messages, field: ArticleField, from: ArticleForm, to: ArticleForm): Promise<Omit<Difference, 'label'>> {
  const parts = shortenDiff(diffWords(from[field], to[field]), contextLength);
  if (field === 'body') return { parts, pictures: await showChanges(db, messages, bodyChanges(messages, from.body, to.body)) };
  if (field !== 'picture') return { parts, pictures: [] };
  const pictures = await showChanges(db, messages, [...leadChange('removed', messages.text('articlePictures.before'), from), ...leadChange('added', messages.text('articlePictures.after'), to)]);
  // A number that no picture can have is shown as it was typed.
  const isNumber = [from, to].every(({ picture }) => picture === '' || readPictureId(picture) !== undefined);
  return { parts: isNumber ? [] : parts, pictures };
}

interface Change {
  kind: 'removed' | 'added';
  label: string;
  id: number;
  texts: TextOverrides;
}

function leadChange(kind: Change['kind'], label: string, { picture, pictureAlt: alt, pictureCaption: caption }: ArticleForm): Change[] {
  const id = readPictureId(picture);
  return id === undefined ? [] : [{ kind, label, id, texts: { alt, caption } }];
}

function bodyChanges({ text }: Messages, from: string, to: string): Change[] {
  const [before, after] = [new Set(pictureIdsIn(from)), new Set(pictureIdsIn(to))];
  const change = (kind: Change['kind'], label: string, ids: Set<number>, others: Set<number>) => [...ids].filter((id) => !others.has(id)).slice(0, maxPictures).map((id) => ({ kind, label, id, texts: { alt: '', caption: '' } }));
  return [...change('removed', text('articlePictures.removedFromText'), before, after), ...change('added', text('articlePictures.addedToText'), after, before)];
}

async function showChanges(db: Handle, messages: Messages, changes: Change[]): Promise<Difference['pictures']> {
  const found = await findPictures(db, changes.map(({ id }) => id));
  return changes.map(({ kind, label, id, texts }) => ({ kind, label, picture: showPicture(messages, id, found.get(id), texts, thumbnailWidth) }));
}
