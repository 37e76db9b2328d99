import { cleanLine, isBlank } from '../../content/text/text.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import type { Message } from '../../messages/catalogue.ts';
import { withdrawArticle } from '../../storage/articles/article-states.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, ArticleRequest } from '../action.ts';

/** In characters. */
export const maxReasonLength = 500;

/** The form asks for the reason, which the article's page will show. */
export async function withdrawalForm(_context: Context, request: ArticleRequest): Promise<ActionResult> {
  return showForm(request, '');
}

export async function withdrawal(context: Context, request: ArticleRequest): Promise<ActionResult> {
  const { article, editor, form, now } = request;
  const { reason, problem } = readReason(form['reason']);
  if (problem) return showForm(request, form['reason'] ?? '', problem);
  if (!(await withdrawArticle(context.db, article.id, reason, now, editor))) throw new RequestError(409, 'errors.cannotWithdraw');
  return { seeOther: withQuery(admin.article(article.id), { done: 'withdrawal' }) };
}

export function readReason(typed = ''): { reason: string; problem?: Message } {
  const reason = cleanLine(typed);
  if (isBlank(reason)) return { reason, problem: { key: 'problems.reasonRequired' } };
  return reason.length > maxReasonLength ? { reason, problem: { key: 'problems.tooLong', values: { limit: maxReasonLength } } } : { reason };
}

function showForm({ article, messages }: ArticleRequest, reason: string, problem?: Message): ActionResult {
  return {
    status: problem === undefined ? 200 : 422,
    view: 'publishing/withdrawal',
    data: {
      title: messages.text('articleActions.withdraw'),
      section: 'articles',
      path: admin.ofArticle(article.id, 'withdrawal'),
      back: admin.article(article.id),
      reason,
      problem: problem && messages.of(problem),
      limit: maxReasonLength,
    },
  };
}
