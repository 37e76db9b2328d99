import type { Message } from '../../messages/catalogue.ts';
import { findEdited, type EditedArticle } from '../../storage/articles/edited-article.ts';
import type { Handle } from '../../storage/database/schema.ts';
import type { EditorRequest, ViewResult } from '../action.ts';
import { shownTitle } from '../articles/shown-title.ts';
import { showLeftOut, type LeftOut } from './outcome.ts';
import { listPath, readSelection } from './selection.ts';

interface BulkFormParts {
  view: string;
  title: 'newsroomBulk.themeChange' | 'newsroomBulk.withdrawal';
  path: string;
  /** Why an article can't be changed. */
  whyNot(article: EditedArticle | undefined): LeftOut['reason'] | undefined;
  problem: Message | undefined;
  data: Record<string, unknown>;
}

/** The page before several articles are changed: lists those that can be changed, and the others with the reasons. */
export async function bulkForm(db: Handle, request: EditorRequest, fields: Record<string, string | undefined>, { view, title, path, whyNot, problem, data }: BulkFormParts): Promise<ViewResult> {
  const { messages } = request;
  const articles: { id: number; title: string }[] = [];
  const leftOut: LeftOut[] = [];
  for (const id of readSelection(fields)) {
    const article = await findEdited(db, id);
    const reason = whyNot(article);
    if (reason) leftOut.push({ id, reason });
    else articles.push({ id, title: shownTitle(article?.title ?? '', messages) });
  }
  return {
    status: problem === undefined ? 200 : 422,
    view,
    data: {
      title: messages.text(title, { count: articles.length }),
      section: 'articles',
      path,
      back: listPath(fields),
      list: fields['list'] ?? '',
      articles,
      leftOut: await showLeftOut(db, request, leftOut),
      problem: problem && messages.of(problem),
      ...data,
    },
  };
}
