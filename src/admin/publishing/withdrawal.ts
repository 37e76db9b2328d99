import { cleanLine, isBlank } from '../../content/text/text.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import type { Message } from '../../messages/catalogue.ts';
import { withdrawArticle } from '../../storage/articles/article-states.ts';
import { admin, withQuery } from '../../urls.ts';
import type { Answer, ArticleRequest } from '../answer.ts';

/** In characters. */
const maxReasonLength = 500;

/** `GET /admin/articles/ID/withdrawal`: asks for the reason, which the article's page will show. */
export async function withdrawalForm(_context: Context, request: ArticleRequest): Promise<Answer> {
  return showForm(request, '');
}

/** `POST /admin/articles/ID/withdrawal`: withdraws a published article. */
export async function withdrawal(context: Context, request: ArticleRequest): Promise<Answer> {
  const { article, editor, form, now } = request;
  const typed = form['reason'] ?? '';
  const reason = cleanLine(typed);
  if (isBlank(reason)) return showForm(request, typed, { key: 'problems.reasonRequired' });
  if (reason.length > maxReasonLength) return showForm(request, typed, { key: 'problems.tooLong', values: { limit: maxReasonLength } });
  if (!(await withdrawArticle(context.db, article.id, reason, now, editor))) throw new RequestError(409, 'errors.cannotWithdraw');
  return { seeOther: withQuery(admin.article(article.id), { done: 'withdrawal' }) };
}

function showForm({ article, messages }: ArticleRequest, reason: string, problem?: Message): Answer {
  return {
    status: problem === undefined ? 200 : 422,
    view: 'articles/withdrawal',
    data: {
      title: messages.text('articleActions.withdraw'),
      place: 'articles',
      path: admin.ofArticle(article.id, 'withdrawal'),
      back: admin.article(article.id),
      reason,
      problem: problem && messages.of(problem),
      limit: maxReasonLength,
    },
  };
}
