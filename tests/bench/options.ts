import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

/** The options of `npm run bench`. */
export interface Options {
  /** Ascending. */
  sizes: number[];
  /** Names of subjects; empty means all. */
  only: string[];
  rounds: number;
  seed: number;
  /** The folder of the corpora. */
  folder: string;
  json: string | undefined;
  database: 'sqlite' | 'postgres';
  /** Recreates the corpora, which measures the import again. */
  remake: boolean;
  /** A folder of labelled collections. */
  collections: string | undefined;
}

/** @throws with a one-line message */
export function readOptions(args: string[], subjects: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      size: { type: 'string', multiple: true, default: ['10000,100000,1000000'] },
      only: { type: 'string', multiple: true, default: [] },
      rounds: { type: 'string', default: '5' },
      seed: { type: 'string', default: '1' },
      folder: { type: 'string', default: path.join(tmpdir(), 'broadsheet-bench') },
      json: { type: 'string' },
      database: { type: 'string', default: 'sqlite' },
      remake: { type: 'boolean', default: false },
      collections: { type: 'string' },
    },
  });
  const only = values.only.flatMap((list) => list.split(','));
  const unknown = only.find((name) => !subjects.includes(name));
  if (unknown !== undefined) throw new Error(`--only ${unknown}: expected one or more of ${subjects.join(',')}.`);
  const { database } = values;
  if (database !== 'sqlite' && database !== 'postgres') throw new Error(`--database ${database}: expected sqlite or postgres.`);
  const sizes = values.size.flatMap((list) => list.split(',')).map((text) => wholeNumber('--size', text, 1000));
  return {
    sizes: [...new Set(sizes)].toSorted((one, other) => one - other),
    only,
    rounds: wholeNumber('--rounds', values.rounds, 1),
    seed: wholeNumber('--seed', values.seed, 0),
    folder: path.resolve(values.folder),
    json: values.json,
    database,
    remake: values.remake,
    collections: values.collections === undefined ? undefined : path.resolve(values.collections),
  };
}

function wholeNumber(option: string, text: string, min: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min) throw new Error(`${option} ${text}: expected a whole number, at least ${min}.`);
  return value;
}
