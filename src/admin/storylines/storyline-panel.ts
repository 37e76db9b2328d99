import { isAllowed } from '../../content/accounts/permissions.ts';
import type { Context } from '../../context.ts';
import type { EditedArticle } from '../../storage/articles/edited-article.ts';
import { isQueued } from '../../storage/related/queue.ts';
import { findStorylineSummary, type StorylineSummary } from '../../storage/storylines/edited-storylines.ts';
import { findMembership } from '../../storage/storylines/membership.ts';
import { admin } from '../../urls.ts';
import type { EditorRequest } from '../action.ts';
import { findSharedWords } from './shared-words.ts';
import { storylineTitle } from './shown-storyline.ts';

/** Where an article is. Without a storyline, it is alone in its own. */
export interface ArticlePlace {
  storyline: StorylineSummary | undefined;
  isChosen: boolean;
}

export async function findPlace({ db }: Context, articleId: number, now: number): Promise<ArticlePlace> {
  const membership = await findMembership(db.reader, articleId);
  const storyline = membership?.storylineId ? await findStorylineSummary(db.reader, membership.storylineId, now) : undefined;
  return { storyline, isChosen: membership?.isChosen ?? false };
}

/** Says in which storyline an article is and why. Only editors who may publish get links. */
export async function storylinePanel(context: Context, request: EditorRequest, article: EditedArticle) {
  const canEdit = isAllowed(request.editor, 'publish', article);
  const place = await findPlace(context, article.id, request.now);
  return { ...(await describePlace(context, request, article, place)), canEdit, change: canEdit ? admin.ofArticle(article.id, 'storyline') : undefined };
}

export async function describePlace(context: Context, { messages, now }: EditorRequest, { id: articleId, language, publishedAt }: EditedArticle, { storyline, isChosen }: ArticlePlace) {
  const { text } = messages;
  const isWaiting = await isQueued(context.db.reader, articleId);
  const isAlone = !storyline || storyline.count < 2;
  const words = isAlone ? [] : await findSharedWords(context, { articleId, storylineId: storyline.id, language, now });
  return {
    storyline: storyline && { title: storylineTitle(storyline, messages), href: admin.storyline(storyline.id) },
    count: isAlone ? text('newsroomStorylines.alone') : text('newsroomStorylines.articles', { count: storyline.count }),
    decision: decisionText(),
    words: words.length > 0 ? text('newsroomStorylines.sharedWords', { words: new Intl.ListFormat(messages.language, { type: 'unit' }).format(words) }) : undefined,
  };

  function decisionText(): string {
    if (isChosen) return text('newsroomStorylines.chosen');
    if (publishedAt === null || publishedAt > now) return text('newsroomStorylines.notYetMatched');
    if (isWaiting && isAlone) return text('newsroomStorylines.stillLooking');
    return isAlone ? text('newsroomStorylines.noneFound') : text('newsroomStorylines.found');
  }
}
