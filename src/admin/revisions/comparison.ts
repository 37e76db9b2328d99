import { readId } from '../../content/articles/id.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import { findRevision, type Revision } from '../../storage/revisions/revisions.ts';
import { admin } from '../../urls.ts';
import type { Answer, ArticleRequest } from '../answer.ts';
import { showDifferences } from '../articles/differences.ts';
import type { ShownTimes } from '../shown-times.ts';
import { kindNames } from './revisions.ts';

/** `GET /admin/articles/ID/comparison?from=&to=`: what one revision has other than another, word by word. */
export async function comparison({ db }: Context, { article, query, settings, times }: ArticleRequest): Promise<Answer> {
  const ids = [query['from'], query['to']].map((id) => readId(id) ?? 0).toSorted((one, other) => one - other);
  const [from, to] = await Promise.all(ids.map((id) => findRevision(db.reader, article.id, id || 0, settings.zone)));
  if (!from || !to) throw new RequestError(404, 'errors.noRevision');
  return {
    view: 'revisions/comparison',
    data: {
      title: 'Two revisions',
      place: 'articles',
      article: { title: article.title || 'Untitled', path: admin.article(article.id), revisions: admin.ofArticle(article.id, 'revisions') },
      from: shown(from, times),
      to: shown(to, times),
      differences: showDifferences(from.form, to.form),
      restorePath: admin.ofArticle(article.id, 'restoration'),
    },
  };
}

function shown({ id, at, kind, editor }: Revision, times: ShownTimes) {
  return { id, date: times.date(at), moment: times.seconds(at), kind: kindNames[kind], who: editor?.name ?? 'an import' };
}
