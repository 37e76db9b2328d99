import { isAllowed } from '../../content/accounts/permissions.ts';
import { parseTitle } from '../../content/articles/title.ts';
import { dayOf } from '../../content/dates/periods.ts';
import { parseSearchQuery } from '../../content/search/search-query.ts';
import { cleanLine, shorten } from '../../content/text/text.ts';
import type { Context } from '../../context.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import { listEditorial, listNameOptions, stages, stagesByPublication, type EditorialCursor, type EditorialRow, type Stage } from '../../storage/articles/editorial-list.ts';
import { findCurrentNotes, type Note } from '../../storage/articles/notes.ts';
import { findByAnySlug, type Named } from '../../storage/named/named.ts';
import { findPhrases } from '../../storage/search/search.ts';
import { admin, articlePath, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest, ViewResult } from '../action.ts';
import { noticeOf } from '../notice.ts';
import { actionNotices } from './action-notices.ts';
import { describeState } from './article-state.ts';
import { shownTitle } from './shown-title.ts';

const pageLength = 30;
/** In characters. The form shows the whole note. */
const maxNoteLength = 140;

/** The parameters of the list's address. */
export const listParameters = ['status', 'theme', 'author', 'q', 'mine', 'sort', 'after'] as const;

const stageLabels = {
  draft: 'articleList.drafts',
  review: 'articleList.inReview',
  returned: 'articleList.returned',
  scheduled: 'articleList.scheduled',
  today: 'articleList.today',
  published: 'articleList.published',
  changed: 'articleList.changed',
  undescribed: 'articleList.undescribed',
  withdrawn: 'articleList.withdrawn',
} as const satisfies Record<Stage, MessageKey>;

const bulkNotices = { 'bulk-theme': 'newsroomBulk.themeChanged', 'bulk-withdrawal': 'newsroomBulk.withdrawn' } as const satisfies Record<string, MessageKey>;

/** No row has this id, so an address with an unknown theme or author finds no article. */
const noId = 0;

/** Contributors see only their own articles. */
export async function articleList(context: Context, request: EditorRequest): Promise<ActionResult> {
  return articleListPage(context, request);
}

/** `problem` says why an action on several articles was refused. */
export async function articleListPage({ db }: Context, request: EditorRequest, problem?: string): Promise<ViewResult> {
  const { editor, messages, query, settings, now } = request;
  const filter = readFilter(query);
  const stage = stages.find((name) => name === filter.status);
  const order = filter.sort === 'publication' ? 'publication' : 'edit';
  const [theme, author] = [await findByAnySlug(db, 'theme', filter.theme, now), await findByAnySlug(db, 'author', filter.author, now)];
  const { rows, next } = await listEditorial(
    db,
    {
      stage,
      themeId: filter.theme === '' ? undefined : (theme?.id ?? noId),
      authorId: filter.author === '' ? undefined : (author?.id ?? noId),
      terms: await findPhrases(db, parseSearchQuery(filter.q)),
      ownerId: editor.role === 'contributor' || filter.mine ? editor.id : undefined,
      today: dayOf(now, settings.zone).from,
    },
    now,
    { order, after: parseCursor(query['after']), limit: pageLength },
  );
  const notes = await findCurrentNotes(db.reader, rows.map(({ id }) => id));
  return {
    view: 'articles/article-list',
    data: {
      title: messages.text('articleList.articles'),
      section: 'articles',
      notice: noticeOf(request, actionNotices) ?? bulkNotice(request),
      filter,
      isFiltered: Object.entries(filter).some(([name, value]) => name !== 'sort' && value !== ''),
      canChooseMine: editor.role !== 'contributor',
      stages: [
        { label: messages.text('articleList.all'), href: withQuery(admin.articles, { ...filter, status: '' }), isChosen: stage === undefined },
        ...stages.map((name) => ({ label: messages.text(stageLabels[name]), href: withQuery(admin.articles, { ...filter, status: name }), isChosen: name === stage })),
      ],
      orders: stagesByPublication.includes(stage) ? makeOrders(request, filter) : [],
      themes: makeOptions(await listNameOptions(db, 'theme'), theme),
      authors: makeOptions(await listNameOptions(db, 'author'), author),
      articles: rows.map((row) => showRow(row, request, notes.get(row.id))),
      bulk: isAllowed(editor, 'publish') ? makeBulkForm(request, problem) : undefined,
      isContinued: Boolean(query['after']),
      next: next && withQuery(admin.articles, { ...filter, after: `${next.time}-${next.id}` }),
    },
  };
}

type Filter = ReturnType<typeof readFilter>;

function readFilter(query: EditorRequest['query']) {
  const line = (name: (typeof listParameters)[number]) => cleanLine(query[name] ?? '');
  return { status: query['status'] ?? '', theme: line('theme'), author: line('author'), q: line('q').slice(0, 500).toWellFormed(), mine: query['mine'] === '1' ? '1' : '', sort: query['sort'] === 'publication' ? 'publication' : '' };
}

function makeOrders({ messages }: EditorRequest, filter: Filter) {
  return (['', 'publication'] as const).map((sort) => ({
    label: messages.text(sort === '' ? 'articleList.lastChange' : 'articleList.publication'),
    href: withQuery(admin.articles, { ...filter, sort }),
    isChosen: filter.sort === sort,
  }));
}

/** For actions on several articles, which return to the same list. `?selected=all` ticks all boxes. */
function makeBulkForm({ query }: EditorRequest, problem: string | undefined) {
  const list = { ...readFilter(query), after: query['after'] };
  const areAllSelected = query['selected'] === 'all';
  return { list: withQuery('', list).slice(1), areAllSelected, others: withQuery(admin.articles, { ...list, selected: areAllSelected ? undefined : 'all' }), problem };
}

function bulkNotice({ messages, query }: EditorRequest): string | undefined {
  const { done, count } = query;
  return done === 'bulk-theme' || done === 'bulk-withdrawal' ? messages.text(bulkNotices[done], { count: Number(count) || 0 }) : undefined;
}

function makeOptions(offered: Named[], chosen: Named | undefined) {
  const all = chosen === undefined || offered.some(({ id }) => id === chosen.id) ? offered : [...offered, chosen];
  return all.map(({ slug, name }) => ({ slug, name, isChosen: slug === chosen?.slug }));
}

/** An article in a list of the newsroom. */
export function showRow(row: EditorialRow, request: Pick<EditorRequest, 'editor' | 'messages' | 'times' | 'now'>, note: Note | undefined) {
  const { editor, messages, times, now } = request;
  const state = describeState(row, request, 'short');
  const isPublic = row.publishedAt !== null && row.publishedAt <= now && row.withdrawnAt === null;
  const publicPath = isPublic && row.slug !== null ? articlePath(row.slug) : undefined;
  return {
    id: row.id,
    // Contributors can't edit their own articles once they are published.
    href: isAllowed(editor, 'write', row) ? admin.article(row.id) : publicPath,
    titleHtml: parseTitle(row.title || messages.text('articleForm.untitled')).html,
    selectLabel: messages.text('articleList.select', { title: shownTitle(row.title, messages) }),
    theme: row.theme,
    owner: row.owner,
    state: { name: state.name, words: state.words, detail: state.name === 'draft' ? undefined : state.detail },
    edited: times.date(row.editedAt),
    note: note && { by: note.editor, text: shorten(note.text.replace(/\s+/g, ' '), maxNoteLength) },
  };
}

function parseCursor(text: string | undefined): EditorialCursor | undefined {
  const [, time, id] = /^(-?\d{1,16})-(\d{1,9})$/.exec(text ?? '') ?? [];
  return time === undefined ? undefined : { time: Number(time), id: Number(id) };
}
