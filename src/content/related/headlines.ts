/** How many headlines “More on theme” has at most. */
export const moreOnThemeLength = 20;

export interface Headline {
  id: number;
  /** UTC milliseconds. */
  publishedAt: number;
  /** Null: the article is alone in its storyline. */
  storylineId: number | null;
}

/**
 * Chooses the articles of a list: the newest of each storyline, and only if there are too few storylines, further
 * articles, newest first. The result is in order of time.
 *
 * @param articles newest first
 */
export function chooseHeadlines<Article extends Headline>(articles: Article[], length: number): Article[] {
  const { first, further } = splitByStoryline(articles, new Set());
  return [...first.slice(0, length), ...further.slice(0, Math.max(0, length - first.length))].toSorted(newestFirst);
}

/**
 * Chooses the articles of a theme's block on the front page: the newest of each storyline that is not on the page yet,
 * and only if there are too few, other articles that are not on the page. A storyline that is not on the page comes first,
 * because the first article is large; the others are in order of time.
 *
 * @param articles of the theme, newest first
 * @param onPage the articles that are on the page, by id
 */
export function chooseForBlock<Article extends Headline>(articles: Article[], onPage: ReadonlyMap<number, Headline>, length: number): Article[] {
  const storylines = new Set([...onPage.values()].map(({ storylineId }) => storylineId));
  const { first, further } = splitByStoryline(articles.filter(({ id }) => !onPage.has(id)), storylines);
  const [large, ...small] = [...first, ...further].slice(0, length);
  return large === undefined ? [] : [large, ...small.toSorted(newestFirst)];
}

/** Separates the first article of each storyline from the others. Storylines in `seen` have no first article. */
function splitByStoryline<Article extends Headline>(articles: Article[], seen: Set<number | null>): { first: Article[]; further: Article[] } {
  const [first, further]: [Article[], Article[]] = [[], []];
  for (const article of articles) {
    (article.storylineId !== null && seen.has(article.storylineId) ? further : first).push(article);
    seen.add(article.storylineId);
  }
  return { first, further };
}

/** For `toSorted`. Articles of the same time are in the order of their ids. */
export function newestFirst(one: Omit<Headline, 'storylineId'>, other: Omit<Headline, 'storylineId'>): number {
  return other.publishedAt - one.publishedAt || other.id - one.id;
}

/**
 * The oldest headline of each storyline in a list. Only beside these does the list say how many earlier articles there
 * are, because all of them are missing from the list.
 */
export function oldestOfStorylines<Article extends Headline>(articles: Article[]): Set<Article> {
  const oldest = new Map<number, Article>();
  for (const article of articles) {
    if (article.storylineId === null) continue;
    const known = oldest.get(article.storylineId);
    if (known === undefined || newestFirst(known, article) < 0) oldest.set(article.storylineId, article);
  }
  return new Set(oldest.values());
}

/**
 * The part of a storyline that an article's page lists: the articles up to its own, or if these are fewer than `length`,
 * the first articles of the storyline.
 *
 * @param articles oldest first
 */
export function storyUpTo<Article extends { id: number }>(articles: Article[], id: number, length: number): Article[] {
  const end = Math.max(length, articles.findIndex((article) => article.id === id) + 1);
  return articles.slice(Math.max(0, end - length), end);
}
