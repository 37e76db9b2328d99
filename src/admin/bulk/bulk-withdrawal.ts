import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import { withdrawArticle } from '../../storage/articles/article-states.ts';
import { findEdited, type EditedArticle } from '../../storage/articles/edited-article.ts';
import { admin } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { shownTitle } from '../articles/shown-title.ts';
import { maxReasonLength, readReason } from '../publishing/withdrawal.ts';
import { outcome, showLeftOut, type LeftOut } from './outcome.ts';
import { listPath, readSelection, refuseSelection } from './selection.ts';

/** Lists the selected articles and asks for the reason, which the page of each will show. */
export async function bulkWithdrawalForm(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { query } = request;
  if (readSelection(query).length === 0) return refuseSelection(context, request, query, { key: 'newsroomBulk.chooseArticles' });
  return showForm(context, request, query, '');
}

export async function bulkWithdrawal(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { editor, form, now } = request;
  const ids = readSelection(form);
  if (ids.length === 0) return refuseSelection(context, request, form, { key: 'newsroomBulk.chooseArticles' });
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
  const { messages, now } = request;
  const articles: { id: number; title: string }[] = [];
  const leftOut: LeftOut[] = [];
  for (const id of readSelection(fields)) {
    const article = await findEdited(db.reader, id);
    const why = whyNot(article, now);
    if (why) leftOut.push({ id, reason: why });
    else articles.push({ id, title: shownTitle(article?.title ?? '', messages) });
  }
  return {
    status: problem === undefined ? 200 : 422,
    view: 'bulk/withdrawal',
    data: {
      title: messages.text('newsroomBulk.withdrawal', { count: articles.length }),
      section: 'articles',
      path: admin.bulkWithdrawal,
      back: listPath(fields),
      list: fields['list'] ?? '',
      articles,
      leftOut: await showLeftOut(db.reader, request, leftOut),
      reason,
      problem: problem && messages.of(problem),
      limit: maxReasonLength,
    },
  };
}
