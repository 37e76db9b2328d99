import { yearOf } from '../../content/dates/dates.ts';
import { storyUpTo } from '../../content/related/headlines.ts';
import type { Messages } from '../../messages/messages.ts';
import { GenerationMemo } from '../../page-cache/memo.ts';
import type { ListedArticle } from '../../storage/articles/lists.ts';
import type { Database } from '../../storage/database/database.ts';
import { countStoryline, findNextOfStoryline, listFirst, listUpTo } from '../../storage/storylines/story.ts';
import { storylinePath } from '../../urls.ts';
import { articlesShown, makeTeaser, sizeOfTeaser, type Teaser } from '../lists/teaser.ts';
import type { PageRequest, Validity } from '../page.ts';
import type { Link, Site } from '../site.ts';

const storyLength = 10;
const maxCounted = 1000;

export interface StorySoFar extends Validity {
  /** Oldest first. Empty if the article is alone in its storyline. */
  articles: StoryArticle[];
  /** To all articles of the storyline, if the page lists only a part. */
  all: Link | undefined;
}

interface StoryArticle {
  teaser: Teaser;
  isOwn: boolean;
}

/** What the pages of a storyline's articles share. */
interface Storyline {
  /** The first articles, oldest first. */
  first: StoryHeadline[];
  count: number;
  /** When the next scheduled article is published, UTC milliseconds. */
  next: number | undefined;
}

interface StoryHeadline {
  id: number;
  year: string;
  withYear: Teaser;
  withoutYear: Teaser;
}

const storylines = new GenerationMemo<Storyline>(({ first }) => first.reduce((size, { withYear }) => size + 2 * sizeOfTeaser(withYear), 1000));

const alone: StorySoFar = { articles: [], all: undefined, shows: [] };

/** “The story so far” of a published article: at most ten articles, up to its own if possible. */
export async function loadStory(db: Database, { site, now }: Pick<PageRequest, 'site' | 'now'>, article: { id: number; storylineId: number | null; publishedAt: number }): Promise<StorySoFar> {
  const { id, storylineId, publishedAt } = article;
  if (storylineId === null) return alone;
  const storyline = await loadStoryline(db, site, storylineId, now);
  const isFirst = storyline.first.some((headline) => headline.id === id);
  const listed = isFirst ? storyline.first : (await listUpTo(db, storylineId, article, { now, limit: storyLength })).map((other) => makeHeadline(site, other));
  return showStory(site, storylineId, storyline, listed, { id, publishedAt });
}

/** “The story so far” as it will be when an article is published that may not be published yet. */
export async function previewStory(db: Database, { site, now }: Pick<PageRequest, 'site' | 'now'>, storylineId: number, own: ListedArticle): Promise<StorySoFar> {
  const storyline = await loadStoryline(db, site, storylineId, now);
  const others = [...(await listFirst(db, storylineId, { now, limit: storyLength })), ...(await listUpTo(db, storylineId, own, { now, limit: storyLength }))];
  const byId = new Map([...others, own].map((article) => [article.id, article]));
  const inOrder = [...byId.values()].toSorted((one, other) => one.publishedAt - other.publishedAt || one.id - other.id);
  return showStory(site, storylineId, storyline, storyUpTo(inOrder, own.id, storyLength).map((article) => makeHeadline(site, article)), own);
}

async function loadStoryline(db: Database, site: Site, id: number, now: number): Promise<Storyline> {
  return storylines.findOrLoad(site, String(id), now, async () => {
    const first = (await listFirst(db, id, { now, limit: storyLength })).map((article) => makeHeadline(site, article));
    const count = first.length < storyLength ? first.length : await countStoryline(db, id, { now, limit: maxCounted });
    const next = site.publications.next && (await findNextOfStoryline(db, id, now));
    return { value: { first, count, next }, until: next };
  });
}

function makeHeadline(site: Site, article: ListedArticle): StoryHeadline {
  return { id: article.id, year: yearOf(article.publishedAt, site.dates), withYear: makeTeaser(site, article), withoutYear: makeTeaser(site, article, article.publishedAt) };
}

function showStory(site: Site, storylineId: number, { count, next }: Storyline, listed: StoryHeadline[], own: { id: number; publishedAt: number }): StorySoFar {
  const validity = { shows: [`storyline:${storylineId}`, ...articlesShown(listed)], changesAt: next };
  if (listed.length < 2) return { ...alone, ...validity };
  const year = yearOf(own.publishedAt, site.dates);
  const articles = listed.map((headline) => ({ teaser: headline.year === year ? headline.withoutYear : headline.withYear, isOwn: headline.id === own.id }));
  return { articles, all: count > listed.length ? { href: storylinePath(storylineId), name: nameAll(site.messages, count) } : undefined, ...validity };
}

function nameAll({ text }: Messages, counted: number): string {
  return text('article.allOfStory', { limit: counted < maxCounted ? 'within' : 'exceeded', count: Math.min(counted, maxCounted - 1) });
}
