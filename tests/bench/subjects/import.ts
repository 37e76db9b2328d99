import type { Corpus } from '../corpus.ts';
import { median, number } from '../statistics.ts';
import type { Row } from '../table.ts';
import type { Bench } from './subject.ts';

/** Reports what was measured when the corpora were created. */
export async function reportImport({ corpora }: Bench): Promise<Row[]> {
  return corpora.map(rowOf);
}

function rowOf({ size, import: { seconds, rates, at } }: Corpus): Row {
  // The total time includes checking the file before anything is written.
  const whole = size / seconds;
  const written = rates.length > 0 ? `; while writing, a median of ${number(median(rates))} articles/s` : '';
  return { what: `import of ${number(size)} articles, with search index and rendering`, goal: { least: 3000 }, value: whole, unit: 'articles/s', digits: 0, figures: `${number(seconds)} s in total${written}; measured on ${at.slice(0, 10)}` };
}
