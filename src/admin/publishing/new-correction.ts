import { parseCorrection } from '../../content/articles/correction.ts';
import type { Context } from '../../context.ts';
import { addCorrection } from '../../storage/articles/add-correction.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, ArticleRequest } from '../action.ts';
import { showCorrections } from './corrections-page.ts';

/** Adds a correction to a published article. Sending the same text twice adds one. */
export async function newCorrection(context: Context, request: ArticleRequest): Promise<ActionResult> {
  const { article, editor, form, now } = request;
  const typed = form['text'] ?? '';
  const parsed = parseCorrection(typed);
  if ('problem' in parsed) return showCorrections(context, request, { typed, refusal: { status: 422, problem: parsed.problem } });
  const result = await addCorrection(context.db, { articleId: article.id, text: parsed.text, editorId: editor.id }, now);
  if (result === 'not published') return showCorrections(context, request, { typed, refusal: { status: 409, problem: { key: 'problems.cannotCorrect' } } });
  return { seeOther: withQuery(admin.ofArticle(article.id, 'corrections'), { done: 'correction' }) };
}
