import { suggestNames } from '../../storage/named/suggest-names.ts';
import type { WordKind } from '../../storage/named/name-words.ts';
import type { Action } from '../action.ts';
import { readNameQuery } from './name-query.ts';

/** Names for a script to suggest while somebody types: `{ "names": ["Ada Lovelace"] }`. */
export function suggestions(kind: WordKind): Action {
  return async ({ db }, { query }) => ({ json: { names: (await suggestNames(db, kind, readNameQuery(query['q']).words)).map(({ name }) => name) } });
}
