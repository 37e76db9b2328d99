import type { Cores } from '../cores.ts';
import type { Corpus } from '../corpus.ts';
import type { Row } from '../table.ts';

/** The input of every measurement. */
export interface Bench {
  /** At least one, in order of size. */
  corpora: Corpus[];
  smallest: Corpus;
  largest: Corpus;
  cores: Cores;
  rounds: number;
  seed: number;
  /** A folder of labelled collections. */
  collections: string | undefined;
}

/** Starts what it needs, measures, stops everything and returns rows of the table. */
export type Measure = (bench: Bench) => Promise<Row[]>;

/** The environment of a site without a page cache. */
export const uncached = { PAGE_CACHE_MB: '0' };
