import { extractTerms } from '../../content/related/terms.ts';
import type { SearchedWords } from '../../content/search/searched-words.ts';
import type { Handle } from '../database/schema.ts';
import { queueArticle } from './queue.ts';
import { removeSignature } from './signatures.ts';
import { changeCounts } from './term-counts.ts';

/** A storyline hardly ever has more versions of one text. */
const maxQueued = 5;

/**
 * Removes an article that readers can't see any more from the counts of its terms. Lists of related articles may still name
 * it, but pages leave it out. The other articles of its storyline are queued: if one is another version of its text, it may
 * take its place in these lists.
 */
export async function forgetArticle(transaction: Handle, id: number, { title, standfirst, summary, body, language }: SearchedWords & { language: string }, now: number): Promise<void> {
  if (!(await removeSignature(transaction, id))) return;
  const topics = await transaction.selectFrom('article_topic').innerJoin('topic', 'topic.id', 'topic_id').select('name').where('article_id', '=', id).execute();
  const { frequencies } = extractTerms({ title, text: [...standfirst, ...summary, ...body], topics: topics.map(({ name }) => name), language });
  await changeCounts(transaction, -1, Array.from(frequencies.keys(), (term) => [term, -1]));
  const own = transaction.selectFrom('storyline_article').select('storyline_id').where('article_id', '=', id);
  const others = await transaction.selectFrom('storyline_article').select(['article_id', 'public_at']).where('storyline_id', '=', own).where('article_id', '!=', id).where('public_at', 'is not', null).orderBy('public_at', 'desc').orderBy('article_id', 'desc').limit(maxQueued).execute();
  for (const other of others) await queueArticle(transaction, other.article_id, other.public_at, now);
}
