import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import { withdrawArticle } from '../../storage/articles/article-states.ts';
import { findEdited, type EditedArticle } from '../../storage/articles/edited-article.ts';
import { admin } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { maxReasonLength, readReason } from '../publishing/withdrawal.ts';
import { bulkForm } from './bulk-form.ts';
import { outcome, type LeftOut } from './outcome.ts';
import { readSelection, refuseSelection } from './selection.ts';

/** Lists the selected articles and asks for the reason, which the page of each will show. */
export async function bulkWithdrawalForm(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { query } = request;
  return readSelection(query).length === 0 ? refuseSelection(context, request, query) : showForm(context, request, query, '');
}

export async function bulkWithdrawal(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { editor, form, now } = request;
  const ids = readSelection(form);
  if (ids.length === 0) return refuseSelection(context, request, form);
  const { reason, problem } = readReason(form['reason']);
  if (problem) return showForm(context, request, form, form['reason'] ?? '', problem);

  const leftOut: LeftOut[] = [];
  for (const id of ids) {
    if (!(await withdrawArticle(context.db, id, reason, now, editor))) leftOut.push({ id, reason: whyNot(await findEdited(context.db.reader, id), now) ?? 'newsroomBulk.savedMeanwhile' });
  }
  return outcome(context.db.reader, request, 'bulk-withdrawal', ids.length - leftOut.length, leftOut);
}

function whyNot(article: EditedArticle | undefined, now: number): LeftOut['reason'] | undefined {
  if (!article) return 'newsroomBulk.gone';
  if (article.withdrawnAt !== null) return 'newsroomBulk.isWithdrawn';
  return article.publishedAt === null || article.publishedAt > now ? 'newsroomBulk.notPublished' : undefined;
}

async function showForm({ db }: Context, request: EditorRequest, fields: Record<string, string | undefined>, reason: string, problem?: Message): Promise<ActionResult> {
  return bulkForm(db.reader, request, fields, {
    view: 'bulk/withdrawal',
    title: 'newsroomBulk.withdrawal',
    path: admin.bulkWithdrawal,
    whyNot: (article) => whyNot(article, request.now),
    problem,
    data: { reason, limit: maxReasonLength },
  });
}
