import { isAllowed } from '../../content/accounts/permissions.ts';
import type { Context } from '../../context.ts';
import type { EditedArticle } from '../../storage/articles/edited-article.ts';
import { loadRelatedChoices } from '../../storage/related/related-choices.ts';
import { admin } from '../../urls.ts';
import type { EditorRequest } from '../action.ts';

/** How many related articles editors have pinned and hidden. Undefined for editors who may not choose them, and for drafts, which have none. */
export async function relatedPanel({ db }: Context, { editor, messages }: EditorRequest, article: EditedArticle): Promise<{ summary: string; href: string } | undefined> {
  if (article.publishedAt === null || !isAllowed(editor, 'publish', article)) return undefined;
  const { pinned, hidden } = await loadRelatedChoices(db.reader, article.id);
  return { summary: messages.text('newsroomRelated.summary', { pinned: pinned.length, hidden: hidden.length }), href: admin.ofArticle(article.id, 'related') };
}
