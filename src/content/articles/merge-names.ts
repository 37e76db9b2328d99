import { nameKey } from './article.ts';

/** Three-way merge of lists with one name per line. My names keep their order and spelling. A name that they added follows the same name as in their list. */
export function mergeNames(base: string, mine: string, theirs: string): string {
  if (mine === theirs || theirs === base) return mine;
  if (mine === base) return theirs;
  const [inBase, inMine, inTheirs] = [readNames(base), readNames(mine), readNames(theirs)];
  const kept = new Map([...inMine].filter(([key]) => inTheirs.has(key) || !inBase.has(key)));
  const additions = groupAdditions(inTheirs, kept, inBase);
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

type Names = Map<string, string>;

function readNames(list: string): Names {
  const names: Names = new Map();
  for (const name of list.split('\n').map((line) => line.trim()).filter(Boolean)) {
    const key = nameKey(name);
    // The first of several spellings wins, as when the list is saved.
    if (!names.has(key)) names.set(key, name);
  }
  return names;
}

/** Groups the names that only they added by the key of the kept name before them, or '' at the start. */
function groupAdditions(theirs: Names, kept: Names, inBase: Names): Map<string, string[]> {
  let group: string[] = [];
  const additions = new Map([['', group]]);
  for (const [key, name] of theirs) {
    if (kept.has(key)) {
      group = [];
      additions.set(key, group);
    } else if (!inBase.has(key)) group.push(name);
  }
  return additions;
}
