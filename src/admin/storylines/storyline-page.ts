import { parseTitle } from '../../content/articles/title.ts';
import { readRowId } from '../../content/articles/id.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import type { Message } from '../../messages/catalogue.ts';
import { findStorylineSummary, listMembers, type MemberCursor, type StorylineMember, type StorylineSummary } from '../../storage/storylines/edited-storylines.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { describeState } from '../articles/article-state.ts';
import { noticeOf } from '../notice.ts';
import { listPlaces, readQuery } from './candidates.ts';
import { maxNameLength } from './names.ts';
import { storylineNotices } from './storyline-notices.ts';
import { storylineTitle } from './shown-storyline.ts';

const pageLength = 50;

/** A storyline's articles, newest first, and what can be done with them. */
export async function storylinePage(context: Context, request: EditorRequest): Promise<ActionResult> {
  const storyline = await requireStoryline(context, request);
  if (storyline.joinedInto !== null) return { seeOther: withQuery(admin.storyline(storyline.joinedInto), { done: 'joined' }) };
  return showStoryline(context, request, storyline, { q: request.query['q'], after: request.query['after'] });
}

/** @throws RequestError (404) if there is no such storyline */
export async function requireStoryline({ db }: Context, { params, now }: EditorRequest): Promise<StorylineSummary> {
  const storyline = await findStorylineSummary(db.reader, readRowId(params['storyline']), now);
  if (!storyline) throw new RequestError(404, 'errors.noStoryline');
  return storyline;
}

interface PageParts {
  q?: string | undefined;
  after?: string | undefined;
  /** What was typed or chosen in a form that was refused. */
  typed?: { name?: string; before?: string | undefined; newName?: string | undefined; chosen?: number[]; choice?: string | undefined };
  refusal?: { status: 409 | 422; field: string; problem: Message };
}

export async function showStoryline(context: Context, request: EditorRequest, storyline: StorylineSummary, { q: typedQuery, after: typedCursor, typed = {}, refusal }: PageParts): Promise<ActionResult> {
  const { messages } = request;
  const after = parseCursor(typedCursor);
  const q = readQuery(typedQuery);
  const { members, next } = await listMembers(context.db.reader, storyline.id, { after, limit: pageLength });
  const candidates = await listPlaces(context, request, { q, except: { storylineId: storyline.id } });
  const { id } = storyline;
  return {
    status: refusal?.status ?? 200,
    view: 'storylines/storyline',
    data: {
      title: storylineTitle(storyline, messages),
      section: 'articles',
      notice: noticeOf(request, storylineNotices),
      problems: refusal ? [{ field: refusal.field, message: messages.of(refusal.problem) }] : [],
      count: messages.text('newsroomStorylines.articles', { count: storyline.count }),
      joinedInto: storyline.joinedInto === null ? undefined : admin.storyline(storyline.joinedInto),
      isSplittable: storyline.count > 1,
      path: admin.storyline(id),
      nameAt: admin.ofStoryline(id, 'name'),
      splitAt: admin.ofStoryline(id, 'split'),
      joinAt: admin.ofStoryline(id, 'join'),
      nameBefore: typed.before ?? storyline.name,
      name: typed.name ?? storyline.name,
      newName: typed.newName ?? '',
      maxNameLength,
      q,
      candidates: candidates.map((candidate) => ({ ...candidate, isChosen: candidate.value === typed.choice })),
      members: members.map((member) => ({ ...showMember(member, request), isChecked: typed.chosen?.includes(member.id) ?? false })),
      after: after ? typedCursor : undefined,
      next: next && withQuery(admin.storyline(id), { after: `${next.publicAt}-${next.id}` }),
    },
  };
}

function showMember({ id, title, theme, isChosen, ...state }: StorylineMember, request: EditorRequest) {
  const { text } = request.messages;
  return {
    id,
    href: admin.article(id),
    titleHtml: parseTitle(title || text('articleForm.untitled')).html,
    title: parseTitle(title).text || text('articleForm.untitled'),
    theme,
    state: describeState(state, request, 'short').words,
    placedBy: text(isChosen ? 'newsroomStorylines.byEditor' : 'newsroomStorylines.byProgram'),
  };
}

function parseCursor(text: string | undefined): MemberCursor | undefined {
  const [, publicAt, id] = /^(-?\d{1,15})-(\d{1,9})$/.exec(text ?? '') ?? [];
  return publicAt === undefined ? undefined : { publicAt: Number(publicAt), id: Number(id) };
}
