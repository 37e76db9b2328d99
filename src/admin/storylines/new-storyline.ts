import type { Context } from '../../context.ts';
import { beginStoryline } from '../../storage/storylines/edit-storylines.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, ArticleRequest } from '../action.ts';
import { showArticleStoryline } from './article-storyline.ts';
import { readSeen } from './candidates.ts';
import { readName } from './names.ts';

/** Begins a new storyline with an article, or names the one in which the article is alone, or keeps the article on its own. */
export async function newStoryline(context: Context, request: ArticleRequest): Promise<ActionResult> {
  const { article, editor, form, now } = request;
  const { name, problem } = readName(form['name']);
  const parts = { q: form['q'], name: form['name'] };
  if (problem) return showArticleStoryline(context, request, { ...parts, refusal: { status: 422, field: 'storyline_name', problem } });
  const from = readSeen(form['seen']);
  const result = await beginStoryline(context.db, { articleId: article.id, from, name }, editor.id, now);
  if (result !== 'done') return showArticleStoryline(context, request, { ...parts, refusal: { status: 409, field: 'storyline_name', problem: { key: 'newsroomStorylines.articleMoved' } } });
  return { seeOther: withQuery(admin.ofArticle(article.id, 'storyline'), { done: from === null && name === '' ? 'keep' : 'begin' }) };
}
