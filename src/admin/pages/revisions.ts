import { readRowId } from '../../content/articles/id.ts';
import type { Context } from '../../context.ts';
import { listPageRevisions, type PageRevisionHead } from '../../storage/pages/page-revisions.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { requirePage } from './require-page.ts';

const pageLength = 50;

export async function revisions(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { messages: { text }, query } = request;
  const { id, title, revision: latest } = await requirePage(context, request);
  const found = await listPageRevisions(context.db.reader, id, { before: readRowId(query['before']) || undefined, limit: pageLength + 1 });
  const shown = found.slice(0, pageLength);
  return {
    view: 'revisions/revisions',
    data: {
      title: text('revisions.revisions'),
      section: 'pages',
      article: { title, path: admin.page(id) },
      comparisonPath: admin.ofPage(id, 'comparison'),
      revisions: shown.map((revision, index) => ({
        ...showRevision(revision, request),
        version: revision.id === latest.id ? text('revisions.publicVersion') : undefined,
        isFrom: index === 1,
        isTo: index === 0,
      })),
      next: found.length > pageLength ? withQuery(admin.ofPage(id, 'revisions'), { before: String(shown.at(-1)?.id) }) : undefined,
    },
  };
}

export function showRevision({ id, at, kind, editor }: PageRevisionHead, { messages: { text }, times }: EditorRequest) {
  return { id, date: times.date(at), moment: times.seconds(at), kind: text(kind === 'restored' ? 'revisions.restored' : 'revisions.saved'), who: editor ?? text('newsroomPages.commandLine') };
}
