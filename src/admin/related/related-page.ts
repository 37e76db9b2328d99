import { chooseHeadlines, moreOnThemeLength } from '../../content/related/headlines.ts';
import type { Context } from '../../context.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import type { Database } from '../../storage/database/database.ts';
import { isQueued } from '../../storage/related/queue.ts';
import { loadRelatedChoices, maxPinned } from '../../storage/related/related-choices.ts';
import { findRelatedList } from '../../storage/related/signatures.ts';
import { findMembership } from '../../storage/storylines/membership.ts';
import { listHeadlines } from '../../storage/storylines/newest.ts';
import { listCandidates, searchCandidates, type CandidateArticle } from '../../storage/storylines/storyline-candidates.ts';
import { admin } from '../../urls.ts';
import type { ActionResult, ArticleRequest } from '../action.ts';
import { shownTitle } from '../articles/shown-title.ts';
import { noticeOf } from '../notice.ts';
import { readQuery } from '../storylines/candidates.ts';

const maxFound = 20;

const notices = { pinned: 'newsroomRelated.afterPinning', hidden: 'newsroomRelated.afterHiding', none: 'newsroomRelated.afterRemoving' } as const satisfies Record<string, MessageKey>;

/** The related articles of an article, and an editor's choices about them. `?q=` searches for articles to pin. */
export async function relatedPage(context: Context, request: ArticleRequest): Promise<ActionResult> {
  return showRelated(context, request, { q: request.query['q'] });
}

export async function showRelated(context: Context, request: ArticleRequest, { q: typed, refusal }: { q: string | undefined; refusal?: { status: 409 | 422; problem: string } }): Promise<ActionResult> {
  const { article, messages } = request;
  const q = readQuery(typed);
  return {
    status: refusal?.status ?? 200,
    view: 'related/related',
    data: {
      title: messages.text('newsroomRelated.title'),
      section: 'articles',
      notice: noticeOf(request, notices),
      problems: refusal ? [{ field: 'related_q', message: refusal.problem }] : [],
      article: { title: shownTitle(article.title, messages), path: admin.article(article.id) },
      path: admin.ofArticle(article.id, 'related'),
      limit: maxPinned,
      q,
      ...(await loadLists(context, request, q)),
    },
  };
}

async function loadLists({ db }: Context, request: ArticleRequest, q: string) {
  const { article, now } = request;
  const { pinned, hidden } = await loadRelatedChoices(db.reader, article.id);
  const list = (await findRelatedList(db.reader, article.id)) ?? [];
  const found = q === '' ? [] : await searchCandidates(db, q, { limit: maxFound, until: now });
  const membership = await findMembership(db.reader, article.id);
  const page = { storylineId: membership?.storylineId ?? null, inMoreOnTheme: await listInMoreOnTheme(db, article.id, membership?.themeId ?? null, now) };
  const relevances = new Map(list.map(({ id, relevance }) => [id, relevance]));
  const show = (other: CandidateArticle) => showOther(other, request, relevances.get(other.id) ?? 0, page);
  const pins = (await listCandidates(db, pinned)).map(show);
  const others = await listCandidates(db, list.map(({ id }) => id).filter((id) => !pinned.includes(id)));
  return {
    canPin: pinned.length < maxPinned,
    none: await noneText(db, request),
    pins: pins.map((pin, place) => ({ ...pin, up: place > 0 ? `pinned-${place - 1}` : undefined, down: place < pins.length - 1 ? `pinned-${place + 1}` : undefined })),
    others: others.filter(({ publicAt }) => publicAt !== null && publicAt <= now).map(show),
    hidden: (await listCandidates(db, hidden)).map(show),
    found: found.filter(({ id }) => id !== article.id && !pinned.includes(id)).map(show),
  };
}

/** Why there are no articles by relevance. */
async function noneText(db: Database, { article, messages: { text }, now }: ArticleRequest): Promise<string> {
  if (article.publishedAt === null || article.publishedAt > now) return text('newsroomRelated.notYetMatched');
  return text((await isQueued(db.reader, article.id)) ? 'newsroomRelated.stillLooking' : 'newsroomRelated.none');
}

/** What the article's page shows besides its related articles. */
interface PageOfArticle {
  storylineId: number | null;
  /** Ids. */
  inMoreOnTheme: ReadonlySet<number>;
}

async function listInMoreOnTheme(db: Database, articleId: number, themeId: number | null, now: number): Promise<Set<number>> {
  const headlines = themeId === null ? [] : await listHeadlines(db, themeId, now, moreOnThemeLength);
  return new Set(chooseHeadlines(headlines.filter(({ id }) => id !== articleId), moreOnThemeLength).map(({ id }) => id));
}

function showOther({ id, title, theme, publicAt, storylineId }: CandidateArticle, { messages, times, now }: ArticleRequest, relevance: number, page: PageOfArticle) {
  const { text } = messages;
  const isVisible = publicAt !== null && publicAt <= now;
  return {
    id,
    href: admin.article(id),
    title: shownTitle(title, messages),
    theme,
    date: isVisible ? times.date(publicAt) : undefined,
    relevance: relevance > 0 ? text(relevanceText(relevance)) : undefined,
    note: note(),
  };

  function note(): string | undefined {
    if (!isVisible) return text('newsroomRelated.notPublished');
    if (storylineId !== null && storylineId === page.storylineId) return text('newsroomRelated.ofStoryline');
    return page.inMoreOnTheme.has(id) ? text('newsroomRelated.inMoreOnTheme') : undefined;
  }
}

/** The limits of the cosine were chosen by reading pairs of the sample’s articles. */
function relevanceText(relevance: number): MessageKey & `newsroomRelated.${'close' | 'similar' | 'distant'}` {
  if (relevance >= 0.2) return 'newsroomRelated.close';
  return relevance >= 0.1 ? 'newsroomRelated.similar' : 'newsroomRelated.distant';
}
