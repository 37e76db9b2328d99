import type { ArticleField } from '../../content/articles/article-form.ts';
import { isProse, type FormMerge, type MergeChunk } from '../../content/articles/merge.ts';
import { readPictureId, type Picture } from '../../content/pictures/picture.ts';
import type { Context } from '../../context.ts';
import type { Messages } from '../../messages/messages.ts';
import type { EditedArticle } from '../../storage/articles/edited-article.ts';
import { findPictures } from '../../storage/pictures/pictures.ts';
import { findRevisionHead } from '../../storage/revisions/revisions.ts';
import { admin } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { fieldLabels } from '../articles/field-texts.ts';
import { showPicture, type ShownPicture } from '../articles/article-picture.ts';
import type { StoredText } from './store-text.ts';

export async function conflictPage({ db }: Context, { editor, messages, times, now }: EditorRequest, stored: EditedArticle, mine: StoredText, { conflicts }: FormMerge): Promise<ActionResult> {
  const theirs = stored.headRevisionId === null ? undefined : await findRevisionHead(db.reader, stored.id, stored.headRevisionId);
  const labels = fieldLabels(messages);
  const pictures = await findPictures(db.reader, pictureIdsIn(conflicts));
  const fields = conflicts.map(({ field, chunks }) => ({ label: labels[field], canTakeBoth: isProse(field), chunks: chunks.map((chunk, index) => ({ ...chunk, name: `${field}-${index}`, ...picturesOf(messages, field, chunk, pictures) })) }));
  const count = fields.flatMap(({ chunks }) => chunks.filter(({ kind }) => kind === 'conflict')).length;
  const { text } = messages;
  const author = theirs?.editor?.name;
  const name = author ?? text('articleActions.somebodyElse');
  const isOwn = theirs?.editor?.id === editor.id;
  return {
    status: 409,
    view: 'saving/conflict',
    data: {
      title: isOwn ? text('articleActions.conflictWithYourself', { count }) : text('articleActions.conflict', { count, name }),
      section: 'articles',
      noticeHtml: messages.html(isOwn ? 'articleActions.conflictWithYourselfNotice' : 'articleActions.conflictNotice', { name, time: times.moment(theirs?.at ?? stored.editedAt, now) }),
      yourVersion: text(isOwn ? 'articleActions.thisWindow' : 'articleActions.yourVersion'),
      theirVersion: isOwn ? text('articleActions.otherWindow') : author === undefined ? text('articleActions.otherVersion') : text('articleActions.theirVersion', { name: author }),
      fields,
      path: admin.ofArticle(stored.id, 'resolution'),
      back: admin.article(stored.id),
      revisions: { mine: mine.revisionId, base: mine.baseId ?? '', theirs: stored.headRevisionId, window: mine.windowId ?? '' },
    },
  };
}

/** In CSS pixels. */
const thumbnailWidth = 320;

function pictureIdsIn(conflicts: FormMerge['conflicts']): number[] {
  const chunks = conflicts.filter(({ field }) => field === 'picture').flatMap((conflict) => conflict.chunks);
  return chunks.flatMap((chunk) => (chunk.kind === 'conflict' ? [chunk.mine, chunk.theirs] : [])).flatMap((typed) => readPictureId(typed) ?? []);
}

/** Editors choose between lead pictures by looking at them, not by their numbers. */
function picturesOf(messages: Messages, field: ArticleField, chunk: MergeChunk, pictures: ReadonlyMap<number, Picture>): { minePicture?: ShownPicture | undefined; theirPicture?: ShownPicture | undefined } {
  if (field !== 'picture' || chunk.kind !== 'conflict') return {};
  const show = (typed: string) => {
    const id = readPictureId(typed);
    return id === undefined ? undefined : showPicture(messages, id, pictures.get(id), { alt: '', caption: '' }, thumbnailWidth);
  };
  return { minePicture: show(chunk.mine), theirPicture: show(chunk.theirs) };
}
