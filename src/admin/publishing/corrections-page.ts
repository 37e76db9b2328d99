import { maxCorrectionLength } from '../../content/articles/correction.ts';
import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import { listCorrectionsWithEditors } from '../../storage/articles/corrections.ts';
import { admin } from '../../urls.ts';
import type { ActionResult, ArticleRequest } from '../action.ts';
import { shownTitle } from '../articles/shown-title.ts';
import { findArticleText } from './article-text.ts';

const fieldId = 'correction_text';

/** The corrections of an article, and beside its text the form for another one. */
export async function correctionsPage(context: Context, request: ArticleRequest): Promise<ActionResult> {
  return showCorrections(context, request, { typed: '' });
}

export async function showCorrections(context: Context, request: ArticleRequest, { typed, refusal }: { typed: string; refusal?: { status: 409 | 422; problem: Message } }): Promise<ActionResult> {
  const { article, messages, query, times, now } = request;
  const corrections = await listCorrectionsWithEditors(context.db, article.id);
  const problem = refusal && messages.of(refusal.problem);
  const shown = await findArticleText(context, article.slug ?? '', now);
  return {
    status: refusal?.status ?? 200,
    view: 'publishing/corrections',
    data: {
      title: messages.text('newsroomCorrections.title'),
      section: 'articles',
      article: { title: shownTitle(article.title, messages), path: admin.article(article.id) },
      isDone: query['done'] === 'correction',
      problems: problem === undefined ? [] : [{ field: fieldId, message: problem }],
      problem,
      path: admin.ofArticle(article.id, 'corrections'),
      field: { id: fieldId, value: typed, limit: maxCorrectionLength },
      // If the article has just been withdrawn, the form keeps what was typed.
      hasForm: shown !== undefined || typed !== '',
      text: shown,
      corrections: corrections.map(({ at, text, editor }) => ({ date: times.date(at), moment: times.moment(at, now), text, editor })),
    },
  };
}
