import { seeded } from '../support/random.ts';

/** Returns a number from 0 (inclusive) to 1 (exclusive). */
export type Random = () => number;

/** The numbers depend only on the seed, on every machine. */
export function seededRandom(seed: number): Random {
  return seeded(seed).next;
}

/** A whole number from `min` to `max`, both inclusive. */
export function between(random: Random, min: number, max: number): number {
  return min + Math.floor(random() * (max - min + 1));
}

/** @throws if the list is empty */
export function pick<Item>(random: Random, list: readonly Item[]): Item {
  const item = list[Math.floor(random() * list.length)];
  if (item === undefined) throw new Error('There is nothing to pick from');
  return item;
}

/** `count` different items in random order, or all if there are fewer. */
export function pickMany<Item>(random: Random, list: readonly Item[], count: number): Item[] {
  const left = [...list];
  const picked: Item[] = [];
  while (picked.length < count && left.length > 0) {
    const index = Math.floor(random() * left.length);
    const item = left[index];
    const last = left.pop();
    if (index < left.length && last !== undefined) left[index] = last;
    if (item !== undefined) picked.push(item);
  }
  return picked;
}

/** A log-normal number: most are near the mean, a few are many times larger. */
export function logNormal(random: Random, mean: number, sigma: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.exp(Math.log(mean) - (sigma * sigma) / 2 + sigma * normal);
}

/**
 * Returns a function that draws ranks from 0 to `count - 1` by Zipf's law: the nth rank with a frequency of 1/n. It uses
 * a lookup table, because the largest corpus needs 300 million draws.
 */
export function zipfRanks(count: number): (random: Random) => number {
  const table = new Uint16Array(1 << 21);
  const weights = Float64Array.from({ length: count }, (_, rank) => 1 / (rank + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let rank = 0;
  let reached = (weights[0] ?? 0) / total;
  for (let slot = 0; slot < table.length; slot += 1) {
    while (slot / table.length >= reached && rank < count - 1) reached += (weights[++rank] ?? 0) / total;
    table[slot] = rank;
  }
  return (random) => table[Math.floor(random() * table.length)] ?? 0;
}
