import type { Handle } from '../database/schema.ts';
import { findNavigation, updateThemeTimes, type Navigation } from '../named/navigation.ts';

// What the change feed names, and pages say that they show:
//   article:7              the article: anything of it that readers see
//   theme:3 author:2 topic:5   which articles a list holds, and in which order
//   published              the same of all articles
//   articles               any article, in any way
//   themes                 which themes the navigation shows; the names and slugs of all
//   theme-list             which themes have something published
//   names                  the names and slugs of authors and topics
//   settings static-pages

/** What an article and the navigation are before a write. */
export interface ListingSnapshot {
  /** Where readers come upon the article, such as `theme:3`, and from when. Nowhere: a draft, or withdrawn. */
  places: Map<string, number>;
  navigation: Navigation;
}

export async function takeListingSnapshot(transaction: Handle, articleId: number, now: number): Promise<ListingSnapshot> {
  return { places: await placesOf(transaction, articleId), navigation: await findNavigation(transaction, now) };
}

async function placesOf(transaction: Handle, articleId: number): Promise<Map<string, number>> {
  const article = await transaction.selectFrom('article').select(['theme_id', 'public_at']).where('id', '=', articleId).executeTakeFirst();
  if (!article || article.public_at === null || article.theme_id === null) return new Map();
  const from = article.public_at;
  const authors = await transaction.selectFrom('article_author').select('author_id as id').where('article_id', '=', articleId).execute();
  const topics = await transaction.selectFrom('article_topic').select('topic_id as id').where('article_id', '=', articleId).execute();
  const places = ['published', `theme:${article.theme_id}`, ...authors.map(({ id }) => `author:${id}`), ...topics.map(({ id }) => `topic:${id}`)];
  return new Map(places.map((place) => [place, from]));
}

/**
 * What a change of an article has touched: the article, every list that it came into, left or moved in, and what shows
 * themes where these came or went with it. Brings the times of its themes up to date.
 */
export async function findTouchedTags(transaction: Handle, articleId: number, before: ListingSnapshot, now: number): Promise<string[]> {
  const after = await placesOf(transaction, articleId);
  const moved = [...new Set([...before.places.keys(), ...after.keys()])].filter((place) => before.places.get(place) !== after.get(place));
  const themeIds = moved.flatMap((place) => (place.startsWith('theme:') ? [Number(place.slice('theme:'.length))] : []));
  return [`article:${articleId}`, 'articles', ...moved, ...(await updateThemeTimes(transaction, themeIds, before.navigation, now))];
}
