import { isAllowed } from '../content/accounts/permissions.ts';
import { showClock, showDate, type ShownDate } from '../content/dates/dates.ts';
import { dayOf, periodOf } from '../content/dates/periods.ts';
import type { Context } from '../context.ts';
import type { MessageKey } from '../messages/catalogue.ts';
import { countEditorial, listEditorial, type EditorialRow, type Stage } from '../storage/articles/editorial-list.ts';
import { findCurrentNotes } from '../storage/articles/notes.ts';
import type { Editor } from '../storage/newsroom/editors.ts';
import { admin, withQuery } from '../urls.ts';
import type { ActionResult, AdminRequest, EditorRequest } from './action.ts';
import { showRow } from './articles/article-list.ts';

const maxShown = 8;
const maxCount = 100;

interface Section {
  stage: Stage;
  heading: MessageKey;
  /** Says that there is nothing. Sections without such a text are left out when they are empty. */
  empty?: MessageKey;
  isMine?: boolean;
  /** Contributors can do nothing about these. */
  isForEditors?: boolean;
  /** The time that matters. */
  time: (row: EditorialRow) => number | null;
}

const sections: Section[] = [
  { stage: 'returned', heading: 'newsroomDashboard.returned', isMine: true, time: ({ returnedAt }) => returnedAt },
  { stage: 'review', heading: 'newsroomDashboard.review', empty: 'newsroomDashboard.noReview', time: ({ submittedAt }) => submittedAt },
  { stage: 'scheduled', heading: 'newsroomDashboard.scheduled', empty: 'newsroomDashboard.noScheduled', time: ({ publishedAt }) => publishedAt },
  { stage: 'today', heading: 'newsroomDashboard.today', empty: 'newsroomDashboard.noToday', time: ({ publishedAt }) => publishedAt },
  { stage: 'draft', heading: 'newsroomDashboard.drafts', empty: 'newsroomDashboard.noDrafts', isMine: true, time: ({ editedAt }) => editedAt },
  { stage: 'changed', heading: 'newsroomDashboard.changed', isForEditors: true, time: ({ editedAt }) => editedAt },
  { stage: 'undescribed', heading: 'newsroomDashboard.undescribed', isForEditors: true, time: ({ publishedAt }) => publishedAt },
];

/** What is going on in the newsroom. Contributors see their own articles. */
export async function dashboard(context: Context, request: AdminRequest & { editor: Editor }): Promise<ActionResult> {
  const { editor, messages, times, now } = request;
  const shown = sections.filter(({ isForEditors }) => !isForEditors || isAllowed(editor, 'publish'));
  const loaded = await Promise.all(shown.map((section) => loadSection(context, request, section)));
  return {
    view: 'dashboard',
    data: {
      title: messages.text('newsroomDashboard.title'),
      section: 'dashboard',
      day: periodOf(now, 'day', times.style).name,
      sections: loaded.filter(({ articles, empty }) => articles.length > 0 || empty !== undefined),
    },
  };
}

async function loadSection({ db }: Context, request: AdminRequest & { editor: Editor }, { stage, heading, empty, isMine, time }: Section) {
  const { editor, messages, settings, now } = request;
  const today = dayOf(now, settings.zone).from;
  const filter = { stage, themeId: undefined, authorId: undefined, terms: [], ownerId: isMine || editor.role === 'contributor' ? editor.id : undefined, today };
  const { rows } = await listEditorial(db, filter, now, { order: 'edit', limit: maxShown });
  const count = rows.length < maxShown ? rows.length : await countEditorial(db, filter, now, maxCount + 1);
  const notes = await findCurrentNotes(db.reader, rows.map(({ id }) => id));
  const href = withQuery(admin.articles, { status: stage, mine: isMine && editor.role !== 'contributor' ? '1' : undefined });
  const isMore = count > maxCount;
  return {
    stage,
    heading: messages.of({ key: heading }),
    href,
    count: messages.text(isMore ? 'newsroomDashboard.countOrMore' : 'newsroomDashboard.count', { count: Math.min(count, maxCount) }),
    more: count <= maxShown ? undefined : messages.text(isMore ? 'newsroomDashboard.moreOrMore' : 'newsroomDashboard.more', { count: Math.min(count, maxCount) }),
    empty: empty && messages.of({ key: empty }),
    articles: rows.map((row) => ({ ...showRow(isMine ? { ...row, owner: null } : row, request, notes.get(row.id)), time: showTime(time(row), today, request) })),
  };
}

/** Only the time of day if it is today. */
function showTime(time: number | null, today: number, { settings, times: { style }, now }: Pick<EditorRequest, 'settings' | 'times' | 'now'>): ShownDate | undefined {
  if (time === null) return undefined;
  return time >= today && time < dayOf(now, settings.zone).until ? showClock(time, style) : showDate(time, style, now);
}
