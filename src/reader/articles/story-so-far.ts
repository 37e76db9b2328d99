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
  /** The first articles. */
  first: StoryPart;
  /** To all of its articles, if there are more than a page lists. */
  all: Link | undefined;
  /** When the next scheduled article is published, UTC milliseconds. */
  next: number | undefined;
}

/** Some articles of a storyline, oldest first. */
interface StoryPart {
  headlines: StoryHeadline[];
  ids: number[];
  shows: string[];
}

interface StoryHeadline {
  id: number;
  year: string;
  withYear: Teaser;
  withoutYear: Teaser;
}

const storylines = new GenerationMemo<Storyline>(({ first }) => first.headlines.reduce((size, { withYear }) => size + 2 * sizeOfTeaser(withYear), 2000));

const alone: StorySoFar = { articles: [], all: undefined, shows: [] };

/** “The story so far” of a published article: at most ten articles, up to its own if possible. */
export async function loadStory(db: Database, { site, now }: Pick<PageRequest, 'site' | 'now'>, article: { id: number; storylineId: number | null; publishedAt: number }): Promise<StorySoFar> {
  const { id, storylineId } = article;
  if (storylineId === null) return alone;
  const storyline = await loadStoryline(db, site, storylineId, now);
  if (storyline.first.ids.includes(id)) return showStory(site, storyline, storyline.first, article);
  const articles = await listUpTo(db, storylineId, article, { now, limit: storyLength });
  return showStory(site, storyline, makePart(site, storylineId, articles), article);
}

/** “The story so far” as it will be when an article is published that may not be published yet. */
export async function previewStory(db: Database, { site, now }: Pick<PageRequest, 'site' | 'now'>, storylineId: number, own: ListedArticle): Promise<StorySoFar> {
  const storyline = await loadStoryline(db, site, storylineId, now);
  const others = [...(await listFirst(db, storylineId, { now, limit: storyLength })), ...(await listUpTo(db, storylineId, own, { now, limit: storyLength }))];
  const byId = new Map([...others, own].map((article) => [article.id, article]));
  const inOrder = [...byId.values()].toSorted((one, other) => one.publishedAt - other.publishedAt || one.id - other.id);
  return showStory(site, storyline, makePart(site, storylineId, storyUpTo(inOrder, own.id, storyLength)), own);
}

async function loadStoryline(db: Database, site: Site, id: number, now: number): Promise<Storyline> {
  return storylines.findOrLoad(site, String(id), now, async () => {
    const first = makePart(site, id, await listFirst(db, id, { now, limit: storyLength }));
    const count = first.ids.length < storyLength ? first.ids.length : await countStoryline(db, id, { now, limit: maxCounted });
    const next = site.publications.next && (await findNextOfStoryline(db, id, now));
    return { value: { first, all: count > storyLength ? { href: storylinePath(id), name: nameAll(site.messages, count) } : undefined, next }, until: next };
  });
}

function makePart(site: Site, storylineId: number, articles: ListedArticle[]): StoryPart {
  return { headlines: articles.map((article) => makeHeadline(site, article)), ids: articles.map(({ id }) => id), shows: [`storyline:${storylineId}`, ...articlesShown(articles)] };
}

function makeHeadline(site: Site, article: ListedArticle): StoryHeadline {
  return { id: article.id, year: yearOf(article.publishedAt, site.dates), withYear: makeTeaser(site, article), withoutYear: makeTeaser(site, article, article.publishedAt) };
}

function showStory(site: Site, { all, next }: Storyline, { headlines, shows }: StoryPart, own: { id: number; publishedAt: number }): StorySoFar {
  const validity = { shows, changesAt: next };
  if (headlines.length < 2) return { ...alone, ...validity };
  const year = yearOf(own.publishedAt, site.dates);
  const articles = headlines.map((headline) => ({ teaser: headline.year === year ? headline.withoutYear : headline.withYear, isOwn: headline.id === own.id }));
  return { articles, all, ...validity };
}

function nameAll({ text }: Messages, counted: number): string {
  return text('article.allOfStory', { limit: counted < maxCounted ? 'within' : 'exceeded', count: Math.min(counted, maxCounted - 1) });
}
