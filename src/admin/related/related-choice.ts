import { readRowId } from '../../content/articles/id.ts';
import type { Context } from '../../context.ts';
import { chooseRelated, maxPinned, type RelatedChoice } from '../../storage/related/related-choices.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, ArticleRequest } from '../action.ts';
import { showRelated } from './related-page.ts';

/** Pins, moves or hides a related article, or takes such a choice back. */
export async function relatedChoice(context: Context, request: ArticleRequest): Promise<ActionResult> {
  const { article, editor, form, messages, now } = request;
  const choice = readChoice(form['choice']);
  const otherId = readRowId(form['other']);
  const refuse = async (status: 409 | 422, problem: string) => showRelated(context, request, { q: form['q'], refusal: { status, problem } });
  if (!choice || otherId === 0) return refuse(422, messages.text('newsroomRelated.chooseArticle'));
  const result = await chooseRelated(context.db, { articleId: article.id, otherId, choice }, editor.id, now);
  if (result === 'full') return refuse(409, messages.text('newsroomRelated.full', { limit: maxPinned }));
  if (result === 'unpublished') return refuse(409, messages.text('newsroomRelated.gone'));
  // The next Tab key continues at the article whose button was pressed.
  return { seeOther: `${withQuery(admin.ofArticle(article.id, 'related'), { done: typeof choice === 'string' ? choice : 'pinned', q: form['q'] })}#article_${otherId}` };
}

/** Reads `pinned` (last), `pinned-0` (first), `hidden` or `none`. */
function readChoice(value: string | undefined): RelatedChoice | undefined {
  if (value === 'hidden' || value === 'none') return value;
  const [isPinned, place] = /^pinned(?:-(\d))?$/.exec(value ?? '') ?? [];
  return isPinned === undefined ? undefined : { pinned: place === undefined ? maxPinned : Number(place) };
}
