import { isAllowed } from '../../content/accounts/permissions.ts';
import { parseTitle } from '../../content/articles/title.ts';
import { parseSearchQuery } from '../../content/search/search-query.ts';
import { cleanLine } from '../../content/text/text.ts';
import type { Context } from '../../context.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import { listEditorial, listNameOptions, stages, type EditorialCursor, type EditorialRow, type Stage } from '../../storage/articles/editorial-list.ts';
import { findNamed, type Named } from '../../storage/named/named.ts';
import { findPhrases } from '../../storage/search/search.ts';
import { admin, articlePath, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { actionNotice } from './action-notice.ts';
import { describeState } from './article-state.ts';

const pageLength = 30;

const stageLabels = {
  draft: 'articleList.drafts',
  review: 'articleList.inReview',
  scheduled: 'articleList.scheduled',
  published: 'articleList.published',
  changed: 'articleList.changed',
  withdrawn: 'articleList.withdrawn',
} as const satisfies Record<Stage, MessageKey>;

/** Contributors see only their own articles. */
export async function articleList({ db }: Context, request: EditorRequest): Promise<ActionResult> {
  const { editor, messages, query, now } = request;
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
      title: messages.text('articleList.articles'),
      section: 'articles',
      notice: actionNotice(messages, query['done']),
      filter,
      isFiltered: Object.values(filter).some((value) => value !== ''),
      stages: [
        { label: messages.text('articleList.all'), href: withQuery(admin.articles, { ...filter, status: '' }), isChosen: stage === undefined },
        ...stages.map((name) => ({ label: messages.text(stageLabels[name]), href: withQuery(admin.articles, { ...filter, status: name }), isChosen: name === stage })),
      ],
      themes: makeOptions(await listNameOptions(db, 'theme'), theme, filter.theme),
      authors: makeOptions(await listNameOptions(db, 'author'), author, filter.author),
      articles: rows.map((row) => showRow(row, request)),
      isContinued: query['after'] !== undefined,
      next: next && withQuery(admin.articles, { ...filter, after: `${next.time}-${next.id}` }),
    },
  };
}

function makeOptions(offered: Named[], chosen: Named | undefined, chosenSlug: string) {
  const all = chosen === undefined || offered.some(({ id }) => id === chosen.id) ? offered : [...offered, chosen];
  return all.map(({ slug, name }) => ({ slug, name, isChosen: slug === chosenSlug }));
}

function showRow(row: EditorialRow, request: EditorRequest) {
  const { editor, messages, times, now } = request;
  const state = describeState(row, request, 'short');
  const isPublic = row.publishedAt !== null && row.publishedAt <= now && row.withdrawnAt === null;
  const publicPath = isPublic && row.slug !== null ? articlePath(row.slug) : undefined;
  return {
    // Contributors can't edit their own articles once they are published.
    href: isAllowed(editor, 'write', row) ? admin.article(row.id) : publicPath,
    titleHtml: parseTitle(row.title || messages.text('articleForm.untitled')).html,
    theme: row.theme,
    owner: row.owner,
    state: { name: state.name, words: state.words, detail: state.name === 'draft' ? undefined : state.detail },
    edited: times.date(row.editedAt),
  };
}

function parseCursor(text: string | undefined): EditorialCursor | undefined {
  const [, time, id] = /^(-?\d{1,16})-(\d{1,10})$/.exec(text ?? '') ?? [];
  return time === undefined ? undefined : { time: Number(time), id: Number(id) };
}
