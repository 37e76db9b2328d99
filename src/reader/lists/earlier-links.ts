import { parseTitle } from '../../content/articles/title.ts';
import { oldestOfStorylines, type Headline } from '../../content/related/headlines.ts';
import type { Messages } from '../../messages/messages.ts';
import type { Database } from '../../storage/database/database.ts';
import { countEarlier, maxEarlier } from '../../storage/storylines/newest.ts';
import { storylinePath } from '../../urls.ts';
import type { Site } from '../site.ts';

/** “+3 earlier”: leads from a headline to the storyline, which has older articles. */
export interface EarlierLink {
  href: string;
  text: string;
  /** Names the article for screen readers. */
  label: string;
}

interface ListedHeadline extends Headline {
  /** Inline Markdown. */
  title: string;
}

/** The links of a list's headlines, by the article's id. Without storylines, it needs no query. */
export async function findEarlierLinks(db: Database, site: Site, headlines: ListedHeadline[]): Promise<Map<number, EarlierLink>> {
  const oldest = [...oldestOfStorylines(headlines)];
  const counts = await countEarlier(db, oldest);
  return new Map(oldest.flatMap((headline) => {
    const count = counts.get(headline.id);
    return count === undefined ? [] : [[headline.id, earlierLink(site, headline, count)] as const];
  }));
}

export function earlierLink({ messages }: Site, { storylineId, title }: Pick<ListedHeadline, 'storylineId' | 'title'>, counted: number): EarlierLink {
  const text = countText(messages, counted);
  return { href: storylinePath(storylineId ?? 0), text, label: messages.text('lists.earlierArticlesOf', { earlier: text, title: parseTitle(title).text }) };
}

/** Memoized, because formatting a number takes about 6 µs. */
const countTexts = new WeakMap<Messages, Map<number, string>>();

function countText(messages: Messages, counted: number): string {
  const texts = countTexts.get(messages) ?? new Map<number, string>();
  countTexts.set(messages, texts);
  const text = texts.get(counted) ?? messages.text('lists.earlierArticles', { limit: counted < maxEarlier ? 'within' : 'exceeded', count: Math.min(counted, maxEarlier - 1) });
  texts.set(counted, text);
  return text;
}

/** The page cache's tags for the storylines of headlines. */
export function storylinesShown(headlines: Pick<Headline, 'storylineId'>[]): string[] {
  return [...new Set(headlines.flatMap(({ storylineId }) => (storylineId === null ? [] : [`storyline:${storylineId}`])))];
}
