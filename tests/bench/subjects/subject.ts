import type { Cores } from '../cores.ts';
import type { Corpus } from '../corpus.ts';
import type { Row } from '../table.ts';

/** What every measurement is given. */
export interface Bench {
  /** At least one, the smallest first. */
  corpora: Corpus[];
  smallest: Corpus;
  largest: Corpus;
  cores: Cores;
  rounds: number;
  seed: number;
}

/** A measurement: it starts what it needs, ends it again, and returns lines of the table. */
export type Measure = (bench: Bench) => Promise<Row[]>;

/** The settings of a site that keeps no finished page. */
export const uncached = { PAGE_CACHE_MB: '0' };
