import type { Context } from '../../context.ts';
import type { Message, MessageKey } from '../../messages/catalogue.ts';
import { admin } from '../../urls.ts';
import type { ActionResult, ArticleRequest } from '../action.ts';
import { shownTitle } from '../articles/shown-title.ts';
import { noticeOf } from '../notice.ts';
import { listPlaces, readQuery } from './candidates.ts';
import { maxNameLength } from './names.ts';
import { describePlace, findPlace, type ArticlePlace } from './storyline-panel.ts';
import { storylineNotices } from './storyline-notices.ts';

/** Where an article's storyline is changed. `?q=` searches for another one. */
export async function articleStoryline(context: Context, request: ArticleRequest): Promise<ActionResult> {
  return showArticleStoryline(context, request, { q: request.query['q'] });
}

interface PageParts {
  q: string | undefined;
  /** What was typed into a form that was refused. */
  choice?: string | undefined;
  name?: string | undefined;
  refusal?: { status: 409 | 422; field: string; problem: Message };
}

export async function showArticleStoryline(context: Context, request: ArticleRequest, { q: typed, choice = '', name = '', refusal }: PageParts): Promise<ActionResult> {
  const { article, messages, now } = request;
  const { text } = messages;
  const place = await findPlace(context, article.id, now);
  const q = readQuery(typed);
  const candidates = await listPlaces(context, request, { q, similarTo: article.id, except: { storylineId: place.storyline?.id, articleId: article.id } });
  const problem = refusal && messages.of(refusal.problem);
  return {
    status: refusal?.status ?? 200,
    view: 'storylines/article-storyline',
    data: {
      title: text('newsroomStorylines.ofArticle'),
      section: 'articles',
      notice: noticeOf(request, storylineNotices),
      problems: refusal && problem ? [{ field: refusal.field, message: problem }] : [],
      article: { title: shownTitle(article.title, messages), path: admin.article(article.id) },
      place: await describePlace(context, request, article, place),
      seen: place.storyline?.id ?? '',
      beginning: beginningOf(place),
      path: admin.ofArticle(article.id, 'storyline'),
      moveTo: admin.ofArticle(article.id, 'move'),
      beginAt: admin.ofArticle(article.id, 'new-storyline'),
      q,
      candidates: candidates.map((candidate) => ({ ...candidate, isChosen: candidate.value === choice })),
      name,
      maxNameLength,
    },
  };
}

/** The texts of the form that begins a storyline, by the article's present place. */
function beginningOf({ storyline }: ArticlePlace): { heading: MessageKey; hint: MessageKey; button: MessageKey } {
  if (!storyline) return { heading: 'newsroomStorylines.keepAlone', hint: 'newsroomStorylines.keepAloneHint', button: 'newsroomStorylines.keepAloneButton' };
  if (storyline.count < 2) return { heading: 'newsroomStorylines.keepOwn', hint: 'newsroomStorylines.keepOwnHint', button: 'newsroomStorylines.keepOwnButton' };
  return { heading: 'newsroomStorylines.begin', hint: 'newsroomStorylines.beginHint', button: 'newsroomStorylines.beginButton' };
}
