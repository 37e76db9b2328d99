import { articleFields, type ArticleField, type ArticleForm } from '../../content/articles/article-form.ts';
import { readPictureId, type TextOverrides } from '../../content/pictures/picture.ts';
import { contextLength, diffWords, shortenDiff, type DiffGap, type DiffPart } from '../../content/text/text-diff.ts';
import type { Context } from '../../context.ts';
import type { Messages } from '../../messages/messages.ts';
import { withCurrentNames } from '../../storage/named/current-names.ts';
import { findPictures } from '../../storage/pictures/pictures.ts';
import type { EditorRequest } from '../action.ts';
import { showPicture, type ShownPicture } from './article-picture.ts';
import { readBodyPictures } from './body-pictures.ts';
import { fieldLabels } from './field-texts.ts';

/** In CSS pixels. */
const thumbnailWidth = 160;
/** A text may name thousands of pictures. */
const maxPictures = 50;

export interface Difference {
  label: string;
  /** Empty for a lead picture. */
  parts: (DiffPart | DiffGap)[];
  pictures: { kind: 'removed' | 'added'; label: string; picture: ShownPicture }[];
}

type TextReader = Pick<EditorRequest, 'editor' | 'messages' | 'settings'>;

/** The differences between two texts of an article. Leaves out names that were only renamed or merged, because nobody changed them in the text. */
export async function showDifferences(context: Context, request: TextReader, before: ArticleForm, after: ArticleForm): Promise<Difference[]> {
  const labels = fieldLabels(request.messages);
  const [from, to] = [await withCurrentNames(context.db.reader, before), await withCurrentNames(context.db.reader, after)];
  const changed = articleFields.filter((field) => from[field] !== to[field]);
  return Promise.all(changed.map(async (field) => ({ label: labels[field], ...(await changesOf(context, request, field, from, to)) })));
}

async function changesOf(context: Context, request: TextReader, field: ArticleField, from: ArticleForm, to: ArticleForm): Promise<Omit<Difference, 'label'>> {
  const { messages } = request;
  const parts = shortenDiff(diffWords(from[field], to[field]), contextLength);
  if (field === 'body') return { parts, pictures: await showChanges(context, messages, await bodyChanges(context, request, from.body, to.body)) };
  if (field !== 'picture') return { parts, pictures: [] };
  const pictures = await showChanges(context, messages, [...leadChange('removed', messages.text('articlePictures.before'), from), ...leadChange('added', messages.text('articlePictures.after'), to)]);
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

async function bodyChanges(context: Context, request: TextReader, from: string, to: string): Promise<Change[]> {
  const { text } = request.messages;
  const [before, after] = [await readBodyPictures(context, request, from), await readBodyPictures(context, request, to)];
  const change = (kind: Change['kind'], label: string, pictures: Map<number, TextOverrides>, others: Map<number, TextOverrides>) => [...pictures].filter(([id]) => !others.has(id)).slice(0, maxPictures).map(([id, texts]) => ({ kind, label, id, texts }));
  return [...change('removed', text('articlePictures.removedFromText'), before, after), ...change('added', text('articlePictures.addedToText'), after, before)];
}

async function showChanges({ db }: Context, messages: Messages, changes: Change[]): Promise<Difference['pictures']> {
  const found = await findPictures(db.reader, changes.map(({ id }) => id));
  return changes.map(({ kind, label, id, texts }) => {
    const picture = showPicture(messages, id, found.get(id), texts, thumbnailWidth);
    // A picture that was removed from the text needs no description.
    const needsNoAdvice = kind === 'removed' && picture.image && !picture.isDescribed;
    return { kind, label, picture: needsNoAdvice ? { ...picture, description: messages.text('pictures.noDescription') } : picture };
  });
}
