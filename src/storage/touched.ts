import type { Handle } from './database.ts';

// What the change feed names, and pages say that they show:
//   article:7              the article: anything of it that readers see
//   theme:3 author:2 topic:5   which articles a list holds, and in which order
//   published              the same of all articles
//   articles               any article, in any way
//   themes                 the themes of the navigation, with their names and slugs
//   names                  the names and slugs of authors and topics
//   settings static-pages

/** Where readers come upon an article, such as `theme:3`, and from when. Nowhere: a draft, or withdrawn. */
export type Places = Map<string, number>;

export async function placesOf(transaction: Handle, articleId: number): Promise<Places> {
  const article = await transaction.selectFrom('article').select(['theme_id', 'public_at']).where('id', '=', articleId).executeTakeFirst();
  if (!article || article.public_at === null || article.theme_id === null) return new Map();
  const from = article.public_at;
  const authors = await transaction.selectFrom('article_author').select('author_id as id').where('article_id', '=', articleId).execute();
  const topics = await transaction.selectFrom('article_topic').select('topic_id as id').where('article_id', '=', articleId).execute();
  const places = ['published', `theme:${article.theme_id}`, ...authors.map(({ id }) => `author:${id}`), ...topics.map(({ id }) => `topic:${id}`)];
  return new Map(places.map((place) => [place, from]));
}

/** What a change of an article touches: the article, every list that it came into, left or moved in, and the navigation where its theme came or went with it. */
export async function touchedBy(transaction: Handle, articleId: number, before: Places, after: Places, now: number): Promise<string[]> {
  const moved = [...new Set([...before.keys(), ...after.keys()])].filter((place) => before.get(place) !== after.get(place));
  const themes = moved.flatMap((place) => (place.startsWith('theme:') ? [Number(place.slice('theme:'.length))] : []));
  const navigation = await Promise.all(themes.map((themeId) => hasOthers(transaction, themeId, articleId, now)));
  return [`article:${articleId}`, 'articles', ...moved, ...(navigation.includes(false) ? ['themes'] : [])];
}

/** Whether a theme stands in the navigation whatever becomes of one of its articles. */
async function hasOthers(transaction: Handle, themeId: number, articleId: number, now: number): Promise<boolean> {
  const other = await transaction.selectFrom('article').select('id').where('theme_id', '=', themeId).where('public_at', '<=', now).where('id', '<>', articleId).limit(1).executeTakeFirst();
  return other !== undefined;
}

/** The themes of the navigation. */
export async function listShownThemes(transaction: Handle, now: number): Promise<Set<number>> {
  const rows = await transaction
    .selectFrom('theme')
    .select('id')
    .where(({ exists, selectFrom }) => exists(selectFrom('article').select('article.id').whereRef('article.theme_id', '=', 'theme.id').where('article.public_at', '<=', now)))
    .execute();
  return new Set(rows.map(({ id }) => id));
}
