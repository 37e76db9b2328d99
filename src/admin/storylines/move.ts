import type { Context } from '../../context.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import { moveArticle } from '../../storage/storylines/edit-storylines.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, ArticleRequest } from '../action.ts';
import { showArticleStoryline } from './article-storyline.ts';
import { readPlace, readSeen } from './candidates.ts';

/** Moves an article into another storyline, or makes a new one with an article that is alone. */
export async function move(context: Context, request: ArticleRequest): Promise<ActionResult> {
  const { article, editor, form, now } = request;
  const to = readPlace(form['to']);
  const refuse = async (status: 409 | 422, key: MessageKey) => showArticleStoryline(context, request, { q: form['q'], choice: form['to'], refusal: { status, field: 'choices', problem: { key } } });
  if (!to) return refuse(422, 'newsroomStorylines.choosePlace');
  const result = await moveArticle(context.db, { articleId: article.id, from: readSeen(form['seen']), to }, editor.id, now);
  if (result === 'elsewhere') return refuse(409, 'newsroomStorylines.articleMoved');
  if (result !== 'done') return refuse(409, 'newsroomStorylines.placeGone');
  return { seeOther: withQuery(admin.ofArticle(article.id, 'storyline'), { done: 'move' }) };
}
