import { pictureIdsIn } from '../../content/pictures/body-pictures.ts';
import { readPictureId } from '../../content/pictures/picture.ts';
import type { PictureUseKind } from '../database/picture-tables.ts';
import type { Handle } from '../database/schema.ts';
import { findPictures } from './pictures.ts';

/** The parts of an article's form that name pictures. */
interface Text {
  /** The id of the lead picture, as typed. */
  picture: string;
  body: string;
}

export function pictureIdsOf({ picture, body }: Text): number[] {
  const lead = readPictureId(picture);
  return [...new Set([...(lead === undefined ? [] : [lead]), ...pictureIdsIn(body)])];
}

/** SQLite accepts 32,766 values in a statement. */
const maxRows = 10_000;

/** Records that a place uses pictures, in addition to those recorded before. Ignores pictures that do not exist. */
export async function addPictureUses(transaction: Handle, kind: PictureUseKind, placeId: number, ids: number[]): Promise<void> {
  const existing = [...(await findPictures(transaction, ids)).keys()];
  for (let start = 0; start < existing.length; start += maxRows) {
    const rows = existing.slice(start, start + maxRows).map((id) => ({ picture_id: id, kind, place_id: placeId }));
    await transaction.insertInto('picture_use').values(rows).onConflict((conflict) => conflict.doNothing()).execute();
  }
}

export async function setPictureUses(transaction: Handle, kind: PictureUseKind, placeId: number, ids: number[]): Promise<void> {
  await transaction.deleteFrom('picture_use').where('kind', '=', kind).where('place_id', '=', placeId).execute();
  await addPictureUses(transaction, kind, placeId, ids);
}

/** An article uses the pictures of its saved text, of the text that readers see, and of texts that are not saved yet. */
export async function updateArticleUses(transaction: Handle, articleId: number): Promise<void> {
  const recorded = await transaction.selectFrom('picture_use').select('picture_id').where('kind', '=', 'article').where('place_id', '=', articleId).limit(1).executeTakeFirst();
  // Storing the text as a revision has recorded its pictures.
  if (!recorded) return;
  const rows = await transaction
    .selectFrom('revision')
    .innerJoin('article', 'article.id', 'revision.article_id')
    .select('form')
    .where('article_id', '=', articleId)
    .where((eb) => eb.or([eb('settled_at', 'is', null), eb('revision.id', '=', eb.ref('head_revision_id')), eb('revision.id', '=', eb.ref('public_revision_id'))]))
    .execute();
  await setPictureUses(transaction, 'article', articleId, [...new Set(rows.flatMap(({ form }) => pictureIdsOf(readText(form))))]);
}

function readText(form: string): Text {
  const { picture = '', body = '' }: Partial<Text> = JSON.parse(form);
  return { picture, body };
}
