import { readId } from '../../content/articles/id.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { findRevision } from '../../storage/revisions/revisions.ts';
import { admin } from '../../urls.ts';
import type { ActionResult, ArticleRequest } from '../action.ts';
import { showDifferences } from '../articles/differences.ts';
import { shownTitle } from '../articles/shown-title.ts';
import { showRevision } from './revisions.ts';

export async function comparison(context: Context, request: ArticleRequest): Promise<ActionResult> {
  const { db } = context;
  const { article, messages, query, settings, times } = request;
  const ids = [query['from'], query['to']].map((id) => readId(id) ?? 0).toSorted((one, other) => one - other);
  const [from, to] = await Promise.all(ids.map((id) => findRevision(db.reader, article.id, id || 0, settings.zone)));
  if (!from || !to) throw new RequestError(404, 'errors.noRevision');
  return {
    view: 'revisions/comparison',
    data: {
      title: messages.text('revisions.comparison'),
      section: 'articles',
      article: { title: shownTitle(article.title, messages), path: admin.article(article.id), revisions: admin.ofArticle(article.id, 'revisions') },
      compared: [
        { label: messages.text('revisions.olderRevision'), ...showRevision(from, messages, times) },
        { label: messages.text('revisions.newerRevision'), ...showRevision(to, messages, times) },
      ],
      differences: await showDifferences(context, request, from.form, to.form),
      restorePath: admin.ofArticle(article.id, 'restoration'),
    },
  };
}
