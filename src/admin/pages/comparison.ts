import { readRowId } from '../../content/articles/id.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { findPageRevision } from '../../storage/pages/page-revisions.ts';
import { admin } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { pageDifferences } from './page-differences.ts';
import { requirePage } from './require-page.ts';
import { showRevision } from './revisions.ts';

export async function comparison(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { messages, query } = request;
  const { id, title } = await requirePage(context, request);
  const ids = [query['from'], query['to']].map((one) => readRowId(one)).toSorted((one, other) => one - other);
  const [from, to] = await Promise.all(ids.map((one) => findPageRevision(context.db.reader, id, one)));
  if (!from || !to) throw new RequestError(404, 'errors.noRevision');
  return {
    view: 'revisions/comparison',
    data: {
      title: messages.text('revisions.comparison'),
      section: 'pages',
      article: { title, path: admin.page(id), revisions: admin.ofPage(id, 'revisions') },
      compared: [
        { label: messages.text('revisions.olderRevision'), ...showRevision(from, request) },
        { label: messages.text('revisions.newerRevision'), ...showRevision(to, request) },
      ],
      differences: pageDifferences(messages, from, to),
      restorePath: admin.ofPage(id, 'restoration'),
    },
  };
}
