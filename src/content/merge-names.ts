/**
 * Joins what two sides made of a list of names, one on each line: without what either took out, with what either put
 * in. Mine keep their order; theirs stand after the name that they stand after in theirs.
 */
export function mergeNames(base: string, mine: string, theirs: string): string {
  if (mine === theirs || theirs === base) return mine;
  if (mine === base) return theirs;
  const inBase = new Set(names(base));
  const inTheirs = new Set(names(theirs));
  const kept = names(mine).filter((name) => inTheirs.has(name) || !inBase.has(name));
  const additions = additionsAfter(names(theirs), new Set(kept), inBase);
  const joined: string[][] = [];
  let next = additions.get('');
  for (const name of kept) {
    if (inTheirs.has(name)) {
      joined.push(next ?? []);
      next = additions.get(name);
    }
    joined.push([name]);
  }
  return [...joined, next ?? []].flat().join('\n');
}

function names(list: string): string[] {
  return [...new Set(list.split('\n').map((name) => name.trim()).filter((name) => name !== ''))];
}

/** The names that theirs alone has, by the one they follow of those kept; those before all by ''. */
function additionsAfter(theirs: string[], kept: Set<string>, inBase: Set<string>): Map<string, string[]> {
  let place: string[] = [];
  const additions = new Map([['', place]]);
  for (const name of theirs) {
    if (kept.has(name)) {
      place = [];
      additions.set(name, place);
    } else if (!inBase.has(name)) place.push(name);
  }
  return additions;
}
