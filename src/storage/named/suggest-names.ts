import type { Database } from '../database/database.ts';
import { beginsWith, wordTables, type WordKind } from './name-words.ts';
import type { Named } from './named.ts';

const maxSuggestions = 10;
/** At most this many names with a word that begins with the longest typed word are considered, so that suggestions are fast. */
const maxCandidates = 500;

/** Up to ten names in which each of the folded words begins a word. Names that contain the longest word as a whole come first. */
export async function suggestNames(db: Database, kind: WordKind, words: string[]): Promise<Named[]> {
  const [longest, ...others] = words.toSorted((a, b) => b.length - a.length);
  if (longest === undefined) return [];
  const candidates = db.reader.selectFrom(wordTables[kind]).select(['name_id', 'word']).where(beginsWith('word', longest)).orderBy('word').orderBy('name_id').limit(maxCandidates);
  let query = db.reader.selectFrom(candidates.as('found')).innerJoin(`${kind} as named`, 'named.id', 'found.name_id').select(['named.id', 'named.slug', 'named.name']);
  for (const word of others) query = query.where(({ exists, selectFrom }) => exists(selectFrom(`${wordTables[kind]} as other`).select('other.word').whereRef('other.name_id', '=', 'found.name_id').where(beginsWith('other.word', word))));
  const rows = await query.orderBy('found.word').orderBy('found.name_id').limit(maxRows).execute();
  return [...new Map(rows.map((row) => [row.id, row])).values()].slice(0, maxSuggestions);
}

/** Several words of one name may match. */
const maxRows = 5 * maxSuggestions;
