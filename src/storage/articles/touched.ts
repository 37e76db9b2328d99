import type { Handle } from '../database/schema.ts';
import { findNavigation, updateThemeTimes, type Navigation } from '../themes/navigation.ts';
import { findCorrectionTags } from './corrections.ts';

// The tags of the change feed. A page has the tags of everything that it shows:
//   article:7                  anything that readers see of the article
//   theme:3 author:2 topic:5   which articles a list contains, their order, for themes their storylines, and what editors say about a theme or an author
//   storyline:6                which articles a storyline contains, their order, and its name
//   related:7                  the related articles of an article
//   published                  which articles are published, their order, and which of them is the newest of its storyline
//   articles                   anything about any article
//   corrections                which corrections readers see
//   any-corrections            whether readers see any
//   themes                     the navigation; the names and slugs of all themes
//   theme-list                 which themes have published articles
//   names                      the names and slugs of authors and topics
//   picture:8                  the texts and the focal point of a picture, or that it was added or deleted
//   pictures                   the same of any picture
//   settings static-pages

export interface ListingSnapshot {
  /** The tags of the lists that contain the article, such as `theme:3`, with its `public_at`. */
  lists: Map<string, number>;
  navigation: Navigation;
}

export async function takeListingSnapshot(transaction: Handle, articleId: number, now: number): Promise<ListingSnapshot> {
  return { lists: await listsOf(transaction, articleId), navigation: await findNavigation(transaction, now) };
}

async function listsOf(transaction: Handle, articleId: number): Promise<Map<string, number>> {
  const article = await transaction.selectFrom('article').select(['theme_id', 'public_at']).where('id', '=', articleId).executeTakeFirst();
  if (!article || article.public_at === null || article.theme_id === null) return new Map();
  const publicAt = article.public_at;
  const authors = await transaction.selectFrom('article_author').select('author_id as id').where('article_id', '=', articleId).execute();
  const topics = await transaction.selectFrom('article_topic').select('topic_id as id').where('article_id', '=', articleId).execute();
  const member = await transaction.selectFrom('storyline_article').select('storyline_id').where('article_id', '=', articleId).executeTakeFirst();
  const storylines = member?.storyline_id ? [`storyline:${member.storyline_id}`] : [];
  const lists = ['published', `theme:${article.theme_id}`, ...storylines, ...authors.map(({ id }) => `author:${id}`), ...topics.map(({ id }) => `topic:${id}`)];
  return new Map(lists.map((list) => [list, publicAt]));
}

/** Compares an article with its state before a write and returns the tags that the write touched. Also updates the times of its themes. */
export async function findTouchedTags(transaction: Handle, articleId: number, before: ListingSnapshot, now: number): Promise<string[]> {
  const after = await listsOf(transaction, articleId);
  const moved = [...new Set([...before.lists.keys(), ...after.keys()])].filter((list) => before.lists.get(list) !== after.get(list));
  const themeIds = moved.flatMap((list) => (list.startsWith('theme:') ? [Number(list.slice('theme:'.length))] : []));
  const corrections = moved.includes('published') ? await findCorrectionTags(transaction, articleId, now) : [];
  return [`article:${articleId}`, 'articles', ...moved, ...corrections, ...(await updateThemeTimes(transaction, themeIds, before.navigation, now))];
}
