import type { RevisionKind } from '../content/article-form.ts';
import type { Context } from '../context.ts';
import { RequestError } from '../errors.ts';
import { findEdited } from '../storage/editing.ts';
import { listRevisions } from '../storage/revisions.ts';
import { loadSettings } from '../storage/settings.ts';
import { admin, withQuery } from '../urls.ts';
import type { Answer, EditorRequest } from './answer.ts';
import { shownTimes } from './shown-times.ts';

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
export async function revisions({ db }: Context, { article, query }: EditorRequest): Promise<Answer> {
  const stored = article && (await findEdited(db.reader, article.id));
  if (!stored) throw new RequestError(404, 'There is no such article.');
  const times = shownTimes(await loadSettings(db));
  const before = /^\d{1,15}$/.test(query['before'] ?? '') ? Number(query['before']) : undefined;
  const found = await listRevisions(db, stored.id, { before, limit: pageLength + 1 });
  const shown = found.slice(0, pageLength);
  const path = admin.ofArticle(stored.id, 'revisions');
  return {
    view: 'revisions',
    data: {
      title: 'Revisions',
      place: 'articles',
      article: { title: stored.title || 'Untitled', path: admin.article(stored.id) },
      comparisonPath: admin.ofArticle(stored.id, 'comparison'),
      revisions: shown.map((revision, index) => ({
        id: revision.id,
        date: times.date(revision.at),
        moment: times.seconds(revision.at),
        who: revision.editor?.name ?? 'an import',
        kind: kindNames[revision.kind],
        isPublic: revision.id === stored.publicRevisionId,
        isHead: revision.id === stored.headRevisionId,
        previous: found[index + 1]?.id,
      })),
      next: found.length > pageLength ? withQuery(path, { before: String(shown.at(-1)?.id) }) : undefined,
    },
  };
}
