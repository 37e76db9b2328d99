import type { Context } from '../context.ts';
import { RequestError } from '../errors.ts';
import { findEdited } from '../storage/editing.ts';
import { findRevision, type Revision } from '../storage/revisions.ts';
import { loadSettings } from '../storage/settings.ts';
import { admin } from '../urls.ts';
import type { Answer, EditorRequest } from './answer.ts';
import { showDifferences } from './differences.ts';
import { kindNames } from './revisions.ts';
import { shownTimes, type ShownTimes } from './shown-times.ts';

/** `GET /admin/articles/ID/comparison?from=&to=`: what one revision has other than another, word by word. */
export async function comparison({ db }: Context, { article, query }: EditorRequest): Promise<Answer> {
  const stored = article && (await findEdited(db.reader, article.id));
  if (!stored) throw new RequestError(404, 'There is no such article.');
  const ids = [query['from'], query['to']].map(Number).toSorted((one, other) => one - other);
  const [from, to] = await Promise.all(ids.map((id) => findRevision(db, stored.id, id || 0)));
  if (!from || !to) throw new RequestError(404, 'There is no such revision. Autosaves are thinned with time.');

  const times = shownTimes(await loadSettings(db));
  return {
    view: 'comparison',
    data: {
      title: 'Two revisions',
      place: 'articles',
      article: { title: stored.title || 'Untitled', path: admin.article(stored.id), revisions: admin.ofArticle(stored.id, 'revisions') },
      from: shown(from, times),
      to: shown(to, times),
      differences: showDifferences(from.form, to.form),
      restorePath: admin.ofArticle(stored.id, 'restoration'),
    },
  };
}

function shown({ id, at, kind, editor }: Revision, times: ShownTimes) {
  return { id, date: times.date(at), moment: times.seconds(at), kind: kindNames[kind], who: editor?.name ?? 'an import' };
}
