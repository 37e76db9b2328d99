import { isProse, type FormMerge } from '../../content/articles/merge.ts';
import type { Context } from '../../context.ts';
import type { EditedArticle } from '../../storage/articles/edited-article.ts';
import { findRevisionHead } from '../../storage/revisions/revisions.ts';
import { admin } from '../../urls.ts';
import type { Answer, EditorRequest } from '../answer.ts';
import { fieldLabels } from '../articles/field-texts.ts';
import type { KeptText } from './keep-text.ts';

/** What two editors made of the same place, side by side: nothing goes until one of them chooses. */
export async function conflictPage({ db }: Context, { messages, times, now }: EditorRequest, stored: EditedArticle, mine: KeptText, { conflicts }: FormMerge): Promise<Answer> {
  const theirs = stored.headRevisionId === null ? undefined : await findRevisionHead(db.reader, stored.id, stored.headRevisionId);
  const labels = fieldLabels(messages);
  const fields = conflicts.map(({ field, chunks }) => ({ label: labels[field], mayBeBoth: isProse(field), chunks: chunks.map((chunk, index) => ({ ...chunk, name: `${field}-${index}` })) }));
  return {
    status: 409,
    view: 'articles/conflict',
    data: {
      title: 'Two versions',
      place: 'articles',
      who: theirs?.editor?.name ?? 'Somebody',
      when: theirs && times.moment(theirs.at, now),
      fields,
      count: fields.flatMap(({ chunks }) => chunks.filter(({ kind }) => kind === 'conflict')).length,
      path: admin.ofArticle(stored.id, 'resolution'),
      revisions: { mine: mine.revisionId, base: mine.baseId ?? '', theirs: stored.headRevisionId, window: mine.windowId ?? '' },
    },
  };
}
