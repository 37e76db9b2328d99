import { nameKey } from './article.ts';

/**
 * Joins what two sides made of a list of names, one on each line: without what either took out, with what either put
 * in. Mine keep their order and their spelling; theirs stand after the name that they stand after in theirs.
 */
export function mergeNames(base: string, mine: string, theirs: string): string {
  if (mine === theirs || theirs === base) return mine;
  if (mine === base) return theirs;
  const [inBase, inMine, inTheirs] = [readNames(base), readNames(mine), readNames(theirs)];
  const kept = new Map([...inMine].filter(([key]) => inTheirs.has(key) || !inBase.has(key)));
  const additions = additionsAfter(inTheirs, kept, inBase);
  const joined: string[][] = [];
  let next = additions.get('');
  for (const [key, name] of kept) {
    if (inTheirs.has(key)) {
      joined.push(next ?? []);
      next = additions.get(key);
    }
    joined.push([inMine.get(key) === inBase.get(key) ? (inTheirs.get(key) ?? name) : name]);
  }
  return [...joined, next ?? []].flat().join('\n');
}

/** Names as they are spelled, by their keys, in order. */
type Names = Map<string, string>;

function readNames(list: string): Names {
  const names: Names = new Map();
  for (const name of list.split('\n').map((line) => line.trim()).filter(Boolean)) {
    const key = nameKey(name);
    // Of two spellings the first one counts, as it does when the list is saved.
    if (!names.has(key)) names.set(key, name);
  }
  return names;
}

/** The names that theirs alone has, by the key of the one they follow of those kept; those before all by ''. */
function additionsAfter(theirs: Names, kept: Names, inBase: Names): Map<string, string[]> {
  let place: string[] = [];
  const additions = new Map([['', place]]);
  for (const [key, name] of theirs) {
    if (kept.has(key)) {
      place = [];
      additions.set(key, place);
    } else if (!inBase.has(key)) place.push(name);
  }
  return additions;
}
