import { readId } from '../../content/articles/id.ts';
import { cleanLine } from '../../content/text/text.ts';
import type { Context } from '../../context.ts';
import type { StorylinePlace } from '../../storage/storylines/edit-storylines.ts';
import { findStorylineSummary } from '../../storage/storylines/edited-storylines.ts';
import { listSimilarCandidates, searchCandidates, type CandidateArticle } from '../../storage/storylines/storyline-candidates.ts';
import type { EditorRequest } from '../action.ts';
import { shownTitle } from '../articles/shown-title.ts';
import { storylineTitle } from './shown-storyline.ts';

const maxQueryLength = 500;
const maxCandidates = 20;

/** A storyline, or an article that is alone, as a choice in a form. */
export interface Candidate {
  /** See {@link readPlace}. */
  value: string;
  title: string;
  details: string;
}

export function readQuery(typed: string | undefined): string {
  return cleanLine(typed ?? '').slice(0, maxQueryLength).toWellFormed();
}

/** Reads `storyline-6` or `article-9`. */
export function readPlace(value: string | undefined): StorylinePlace | undefined {
  const [, kind, id] = /^(storyline|article)-(\d{1,9})$/.exec(value ?? '') ?? [];
  if (id === undefined) return undefined;
  return kind === 'storyline' ? { storylineId: Number(id) } : { articleId: Number(id) };
}

/** Reads the hidden field with the storyline in which the editor saw an article. Null: it was alone. */
export function readSeen(value: string | undefined): number | null {
  return readId(value) ?? null;
}

/** The storylines of the articles that a search finds. Without a query, those of the articles that are similar to an article. */
export async function listPlaces(context: Context, request: EditorRequest, { q, similarTo, except }: { q: string; similarTo?: number; except: { storylineId: number | undefined; articleId?: number } }): Promise<Candidate[]> {
  const { db } = context;
  const similar = async () => (similarTo === undefined ? [] : listSimilarCandidates(db, similarTo, request.now));
  const found = q === '' ? await similar() : await searchCandidates(db, q, { limit: maxCandidates });
  const places = new Map<string, Candidate>();
  for (const article of found) {
    const value = article.storylineId === null ? `article-${article.id}` : `storyline-${article.storylineId}`;
    if (article.id === except.articleId || (article.storylineId !== null && article.storylineId === except.storylineId) || places.has(value)) continue;
    places.set(value, { value, ...(await describe(context, request, article)) });
  }
  return [...places.values()];
}

async function describe({ db }: Context, { messages, times, now }: EditorRequest, { title, theme, publicAt, storylineId }: CandidateArticle): Promise<Omit<Candidate, 'value'>> {
  const { text } = messages;
  const storyline = storylineId === null ? undefined : await findStorylineSummary(db.reader, storylineId, now);
  const found = shownTitle(title, messages);
  const heading = storyline ? storylineTitle(storyline, messages) : found;
  const facts = { count: storyline?.count ?? 1, theme: theme ?? '', date: publicAt === null ? '' : times.date(publicAt).short };
  return { title: heading, details: heading === found ? text('newsroomStorylines.candidate', facts) : text('newsroomStorylines.candidateWith', { ...facts, title: found }) };
}
