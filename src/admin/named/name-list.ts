import { cleanLine } from '../../content/text/text.ts';
import type { Context } from '../../context.ts';
import { listEditedNames, type NameFilter } from '../../storage/named/edited-names.ts';
import type { WordKind } from '../../storage/named/name-words.ts';
import { withQuery } from '../../urls.ts';
import type { EditorRequest, ViewResult } from '../action.ts';
import { namePages } from './name-pages.ts';
import { readNameQuery } from './name-query.ts';

const pageLength = 50;
/** A character of a name may become eighteen in its key. */
const maxCursorLength = 2500;

/** The list of all authors or topics, sorted by name. */
export async function nameList({ db }: Context, request: EditorRequest, kind: WordKind, notice: string | undefined): Promise<ViewResult> {
  const { query, messages } = request;
  const { section, list, page, texts } = namePages[kind];
  const { q, words } = readNameQuery(query['q']);
  const only: NameFilter['only'] = kind === 'topic' && query['only'] === 'unused' ? 'unused' : undefined;
  const after = query['after'] === undefined ? undefined : cleanLine(query['after']).slice(0, maxCursorLength).toWellFormed();
  const { names, next } = await listEditedNames(db, kind, { words, only }, { after, limit: pageLength });
  const here = { q, only };
  return {
    view: 'named/list',
    data: {
      title: messages.of({ key: texts.all }),
      section,
      notice,
      list,
      search: messages.of({ key: texts.search }),
      q,
      only: only ?? '',
      isFiltered: words.length > 0 || only !== undefined,
      hasUnusedFilter: kind === 'topic',
      empty: messages.of({ key: texts.empty }),
      names: names.map(({ id, name, articles }) => ({ name, href: page(id), articles: articles.toLocaleString(messages.language) })),
      start: after === undefined ? undefined : withQuery(list, here),
      next: next && withQuery(list, { ...here, after: next }),
    },
  };
}
