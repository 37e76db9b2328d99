import type { RevisionKind } from '../../content/articles/article-form.ts';
import { readId } from '../../content/articles/id.ts';
import type { Context } from '../../context.ts';
import { listRevisions } from '../../storage/revisions/revisions.ts';
import { admin, withQuery } from '../../urls.ts';
import type { Answer, ArticleRequest } from '../answer.ts';

const pageLength = 50;

/** What each kind of revision is called. */
export const kindNames: Record<RevisionKind, string> = {
  'autosave': 'Typed, not saved',
  'faulty': 'Not saved: something was wrong in it',
  'conflict': 'Not saved: another version stood against it',
  'signed out': 'Sent after the session had ended',
  'joined': 'Joined from two versions',
  'import': 'Imported',
  'draft': 'Saved',
  'submission': 'Handed in for review',
  'publication': 'Published',
  'schedule': 'Scheduled',
  'update': 'Updated',
  'minor update': 'Updated, minor',
  'restoration': 'Restored',
};

/** `GET /admin/articles/ID/revisions`: every text of the article that is kept, newest first. */
export async function revisions({ db }: Context, { article, query, times }: ArticleRequest): Promise<Answer> {
  const before = readId(query['before']);
  const found = await listRevisions(db, article.id, { before, limit: pageLength + 1 });
  const shown = found.slice(0, pageLength);
  const path = admin.ofArticle(article.id, 'revisions');
  return {
    view: 'revisions/revisions',
    data: {
      title: 'Revisions',
      place: 'articles',
      article: { title: article.title || 'Untitled', path: admin.article(article.id) },
      comparisonPath: admin.ofArticle(article.id, 'comparison'),
      revisions: shown.map((revision) => ({
        id: revision.id,
        date: times.date(revision.at),
        moment: times.seconds(revision.at),
        who: revision.editor?.name ?? 'an import',
        kind: kindNames[revision.kind],
        isPublic: revision.id === article.publicRevisionId,
        isHead: revision.id === article.headRevisionId,
      })),
      next: found.length > pageLength ? withQuery(path, { before: String(shown.at(-1)?.id) }) : undefined,
    },
  };
}
