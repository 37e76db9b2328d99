import { decodeVarints, encodeVarints } from '../../content/related/varints.ts';
import type { Handle } from '../database/schema.ts';

/** A row for each term would take six times as much room. */
const termsPerBlock = 256;
const blocksPerStatement = 500;

/** In how many articles a term occurs. */
export type DocumentFrequency = [term: number, articles: number];

/** In how many articles each of 256 terms occurs, beginning with `firstTerm`. */
export interface CountBlock {
  firstTerm: number;
  counts: Uint32Array;
}

/** One page of the counts, in the order of the terms. */
export async function listCounts(db: Handle, after: CountBlock | undefined, limit: number): Promise<CountBlock[]> {
  const rows = await db.selectFrom('term_count').select(['block', 'counts']).where('block', '>', after ? blockOf(after.firstTerm) : -1).orderBy('block').limit(limit).execute();
  return rows.map(({ block, counts }) => ({ firstTerm: block * termsPerBlock, counts: decodeBlock(counts) }));
}

/** In how many articles each of some terms occurs. Leaves out terms that occur in none. */
export async function findCounts(db: Handle, terms: number[]): Promise<Map<number, number>> {
  const blocks = await loadBlocks(db, [...new Set(terms.map(blockOf))]);
  const counts = terms.map((term): DocumentFrequency => [term, blocks.get(blockOf(term))?.[term % termsPerBlock] ?? 0]);
  return new Map(counts.filter(([, articles]) => articles > 0));
}

/** How many articles are counted. */
export async function loadArticleCount(db: Handle): Promise<number> {
  return (await db.selectFrom('signature_state').select('articles').where('id', '=', 1).executeTakeFirst())?.articles ?? 0;
}

/** Adds articles, and in how many of them each term occurs; negative numbers remove them. After a crash the counts may be too low, so none of them becomes negative. */
export async function changeCounts(transaction: Handle, articles: number, changes: DocumentFrequency[]): Promise<void> {
  const counted = Math.max(0, (await loadArticleCount(transaction)) + articles);
  await transaction.updateTable('signature_state').set({ articles: counted }).where('id', '=', 1).execute();
  const changed = [...Map.groupBy(changes, ([term]) => blockOf(term))];
  for (let at = 0; at < changed.length; at += blocksPerStatement) {
    const part = changed.slice(at, at + blocksPerStatement);
    const stored = await loadBlocks(transaction, part.map(([block]) => block));
    const rows = part.map(([block, ofBlock]) => ({ block, counts: encodeBlock(add(stored.get(block) ?? new Uint32Array(termsPerBlock), ofBlock)) }));
    await transaction.insertInto('term_count').values(rows).onConflict((conflict) => conflict.column('block').doUpdateSet((eb) => ({ counts: eb.ref('excluded.counts') }))).execute();
  }
}

async function loadBlocks(db: Handle, blocks: number[]): Promise<Map<number, Uint32Array>> {
  if (blocks.length === 0) return new Map();
  const rows = await db.selectFrom('term_count').select(['block', 'counts']).where('block', 'in', blocks).execute();
  return new Map(rows.map(({ block, counts }) => [block, decodeBlock(counts)]));
}

function add(counts: Uint32Array, changes: DocumentFrequency[]): Uint32Array {
  for (const [term, articles] of changes) counts[term % termsPerBlock] = Math.max(0, (counts[term % termsPerBlock] ?? 0) + articles);
  return counts;
}

function blockOf(term: number): number {
  return Math.floor(term / termsPerBlock);
}

/** For each term that occurs, how far it is from the one before it, and its count. */
function encodeBlock(counts: Uint32Array): Uint8Array {
  const numbers: number[] = [];
  let before = 0;
  for (const [place, articles] of counts.entries()) {
    if (articles === 0) continue;
    numbers.push(place - before, articles);
    before = place;
  }
  return encodeVarints(numbers);
}

function decodeBlock(bytes: Uint8Array): Uint32Array {
  const numbers = decodeVarints(bytes);
  const counts = new Uint32Array(termsPerBlock);
  let place = 0;
  for (let at = 0; at < numbers.length; at += 2) counts[(place += numbers[at] ?? 0)] = numbers[at + 1] ?? 0;
  return counts;
}
