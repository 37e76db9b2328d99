import { isAllowed } from '../../content/accounts/permissions.ts';
import { parseTitle } from '../../content/articles/title.ts';
import { parseSearchQuery } from '../../content/search/search-query.ts';
import { cleanLine } from '../../content/text/text.ts';
import type { Context } from '../../context.ts';
import { listEditorial, listNameOptions, stages, type EditorialCursor, type EditorialRow, type Stage } from '../../storage/articles/editorial-list.ts';
import { findNamed, type Named } from '../../storage/named/named.ts';
import type { Editor } from '../../storage/newsroom/editors.ts';
import { findPhrases } from '../../storage/search/search.ts';
import { admin, articlePath, withQuery } from '../../urls.ts';
import type { Answer, EditorRequest } from '../answer.ts';
import type { ShownTimes } from '../shown-times.ts';
import { describeState } from './article-state.ts';
import { doneText } from './done.ts';

const pageLength = 30;

const stageNames: Record<Stage, string> = {
  draft: 'Drafts',
  review: 'In review',
  scheduled: 'Scheduled',
  published: 'Published',
  changed: 'Changes not published',
  withdrawn: 'Withdrawn',
};

/** `GET /admin/articles`: all articles, or those of a status, a theme, an author, with words; a contributor's own. */
export async function articleList({ db }: Context, { editor, query, times, now }: EditorRequest): Promise<Answer> {
  const filter = { status: query['status'] ?? '', theme: cleanLine(query['theme'] ?? ''), author: cleanLine(query['author'] ?? ''), q: cleanLine(query['q'] ?? '').slice(0, 500).toWellFormed() };
  const stage = stages.find((name) => name === filter.status);
  const [theme, author] = [await findNamed(db, 'theme', filter.theme), await findNamed(db, 'author', filter.author)];
  const { rows, next } = await listEditorial(
    db,
    {
      stage,
      themeId: theme?.id,
      authorId: author?.id,
      terms: await findPhrases(db, parseSearchQuery(filter.q)),
      ownerId: editor.role === 'contributor' ? editor.id : undefined,
    },
    now,
    { after: parseCursor(query['after']), limit: pageLength },
  );
  return {
    view: 'articles/article-list',
    data: {
      title: 'Articles',
      place: 'articles',
      done: doneText(query['done']),
      filter,
      isFiltered: Object.values(filter).some((value) => value !== ''),
      stages: stages.map((name) => ({ name, label: stageNames[name], href: withQuery(admin.articles, { ...filter, status: name }), isChosen: name === stage })),
      allPath: withQuery(admin.articles, { ...filter, status: '' }),
      themes: withChosen(await listNameOptions(db, 'theme'), theme),
      authors: withChosen(await listNameOptions(db, 'author'), author),
      articles: rows.map((row) => showRow(row, { editor, times, now })),
      isContinued: query['after'] !== undefined,
      next: next && withQuery(admin.articles, { ...filter, after: `${next.time}-${next.id}` }),
    },
  };
}

function withChosen(offered: Named[], chosen: Named | undefined): Named[] {
  return chosen === undefined || offered.some(({ id }) => id === chosen.id) ? offered : [...offered, chosen];
}

function showRow(row: EditorialRow, { editor, times, now }: { editor: Editor; times: ShownTimes; now: number }) {
  const isPublic = row.publishedAt !== null && row.publishedAt <= now && row.withdrawnAt === null;
  const publicPath = isPublic && row.slug !== null ? articlePath(row.slug) : undefined;
  return {
    // A contributor's article that has gone out can be read, and no more be written.
    href: isAllowed(editor, 'write', row) ? admin.article(row.id) : publicPath,
    titleHtml: parseTitle(row.title || 'Untitled').html,
    theme: row.theme,
    owner: row.owner,
    state: describeState(row, times, now, 'short'),
    edited: times.date(row.editedAt),
  };
}

function parseCursor(text: string | undefined): EditorialCursor | undefined {
  const [, time, id] = /^(-?\d{1,16})-(\d{1,10})$/.exec(text ?? '') ?? [];
  return time === undefined ? undefined : { time: Number(time), id: Number(id) };
}
