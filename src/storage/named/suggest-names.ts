import type { Database } from '../database/database.ts';
import { beginsWith, hasWord, wordTables, type WordKind } from './name-words.ts';
import type { Named } from './named.ts';

const maxSuggestions = 10;
/** Several words of one name may match. */
const maxRows = 5 * maxSuggestions;

/** Up to ten names in which each of the folded words begins a word. Names that contain the whole first word come first. */
export async function suggestNames(db: Database, kind: WordKind, words: string[]): Promise<Named[]> {
  const [first, ...others] = words;
  if (first === undefined) return [];
  let query = db.reader
    .selectFrom(`${wordTables[kind]} as found`)
    .innerJoin(`${kind} as named`, 'named.id', 'found.name_id')
    .select(['named.id', 'named.slug', 'named.name'])
    .where(beginsWith('found.word', first));
  for (const word of others) query = query.where(hasWord(kind, 'found.name_id', word));
  const rows = await query.orderBy('found.word').orderBy('found.name_id').limit(maxRows).execute();
  return [...new Map(rows.map((row) => [row.id, row])).values()].slice(0, maxSuggestions);
}
