import { extractTerms } from '../../content/related/terms.ts';
import type { SearchedWords } from '../../content/search/searched-words.ts';
import type { Handle } from '../database/schema.ts';
import { removeSignature } from './signatures.ts';
import { changeCounts } from './term-counts.ts';

/** Removes an article that readers can't see any more from the counts of its terms. Lists of related articles may still name it, but pages leave it out. */
export async function forgetArticle(transaction: Handle, id: number, { title, standfirst, summary, body, language }: SearchedWords & { language: string }): Promise<void> {
  if (!(await removeSignature(transaction, id))) return;
  const topics = await transaction.selectFrom('article_topic').innerJoin('topic', 'topic.id', 'topic_id').select('name').where('article_id', '=', id).execute();
  const { frequencies } = extractTerms({ title, text: [...standfirst, ...summary, ...body], topics: topics.map(({ name }) => name), language });
  await changeCounts(transaction, -1, Array.from(frequencies.keys(), (term) => [term, -1]));
}
