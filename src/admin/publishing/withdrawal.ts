import { cleanLine, isBlank } from '../../content/text/text.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { withdrawArticle } from '../../storage/articles/article-states.ts';
import { admin, withQuery } from '../../urls.ts';
import type { Answer, ArticleRequest } from '../answer.ts';

/** The longest reason, in characters. */
const longestReason = 500;

/** `GET /admin/articles/ID/withdrawal`: asks for the reason, which the article's page will give. */
export async function withdrawalForm(_context: Context, { article }: ArticleRequest, problem?: { reason: string; message: string }): Promise<Answer> {
  const { reason, message } = problem ?? { reason: '', message: undefined };
  return {
    status: message === undefined ? 200 : 422,
    view: 'articles/withdrawal',
    data: { title: 'Withdraw', place: 'articles', path: admin.ofArticle(article.id, 'withdrawal'), back: admin.article(article.id), reason, message, limit: longestReason },
  };
}

/** `POST /admin/articles/ID/withdrawal`: takes a published article down, for a reason that readers are told. */
export async function withdrawal(context: Context, request: ArticleRequest): Promise<Answer> {
  const { article, editor, form, now } = request;
  const typed = form['reason'] ?? '';
  const reason = cleanLine(typed);
  if (isBlank(reason)) return withdrawalForm(context, request, { reason: typed, message: 'missing: readers are told why' });
  if (reason.length > longestReason) return withdrawalForm(context, request, { reason: typed, message: `longer than ${longestReason} characters` });
  if (!(await withdrawArticle(context.db, article.id, reason, now, editor))) throw new RequestError(409, 'errors.cannotWithdraw');
  return { seeOther: withQuery(admin.article(article.id), { done: 'withdrawal' }) };
}
