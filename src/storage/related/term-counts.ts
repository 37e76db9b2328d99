import { decodeVarints, encodeVarints } from '../../content/related/varints.ts';
import type { Handle } from '../database/schema.ts';

/** A row for each term would take six times as much room. */
const termsPerBlock = 256;
const blocksPerStatement = 500;

/** In how many articles a term occurs. */
export type DocumentFrequency = [term: number, articles: number];

/** The counts of a range of terms. */
export interface CountBlock {
  block: number;
  counts: DocumentFrequency[];
}

/** One page of the counts, in the order of the terms. */
export async function listCounts(db: Handle, afterBlock: number, limit: number): Promise<CountBlock[]> {
  const rows = await db.selectFrom('term_count').select(['block', 'counts']).where('block', '>', afterBlock).orderBy('block').limit(limit).execute();
  return rows.map(({ block, counts }) => ({ block, counts: decodeBlock(block, counts) }));
}

/** In how many articles each of some terms occurs. Leaves out terms that occur in none. */
export async function findCounts(db: Handle, terms: number[]): Promise<Map<number, number>> {
  const blocks = await loadBlocks(db, [...new Set(terms.map(blockOf))]);
  return new Map(terms.flatMap((term) => {
    const articles = blocks.get(blockOf(term))?.get(term);
    return articles === undefined ? [] : [[term, articles]];
  }));
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
    const rows = part.map(([block, ofBlock]) => ({ block, counts: encodeBlock(block, sum(stored.get(block) ?? new Map(), ofBlock)) }));
    await transaction.insertInto('term_count').values(rows).onConflict((conflict) => conflict.column('block').doUpdateSet((eb) => ({ counts: eb.ref('excluded.counts') }))).execute();
  }
}

async function loadBlocks(db: Handle, blocks: number[]): Promise<Map<number, Map<number, number>>> {
  if (blocks.length === 0) return new Map();
  const rows = await db.selectFrom('term_count').select(['block', 'counts']).where('block', 'in', blocks).execute();
  return new Map(rows.map(({ block, counts }) => [block, new Map(decodeBlock(block, counts))]));
}

function sum(counts: Map<number, number>, changes: DocumentFrequency[]): Map<number, number> {
  for (const [term, articles] of changes) counts.set(term, Math.max(0, (counts.get(term) ?? 0) + articles));
  return counts;
}

function blockOf(term: number): number {
  return Math.floor(term / termsPerBlock);
}

/** For each term that occurs, how much larger it is than the one before it, and its count. */
function encodeBlock(block: number, counts: Map<number, number>): Uint8Array {
  const numbers: number[] = [];
  let before = block * termsPerBlock;
  for (const [term, articles] of [...counts].toSorted(([one], [other]) => one - other)) {
    if (articles === 0) continue;
    numbers.push(term - before, articles);
    before = term;
  }
  return encodeVarints(numbers);
}

function decodeBlock(block: number, bytes: Uint8Array): DocumentFrequency[] {
  const numbers = decodeVarints(bytes);
  const counts: DocumentFrequency[] = [];
  let term = block * termsPerBlock;
  for (let at = 0; at < numbers.length; at += 2) counts.push([(term += numbers[at] ?? 0), numbers[at + 1] ?? 0]);
  return counts;
}
