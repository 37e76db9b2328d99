import { searchPath, withQuery } from '../../../src/urls.ts';
import { measureByTurns, type Subject } from '../latency.ts';
import { between, pick, seededRandom, type Random } from '../random.ts';
import { startSite } from '../site.ts';
import { median, number, p99OfRounds } from '../statistics.ts';
import type { Row } from '../table.ts';
import { makeVocabulary, vocabularySize } from '../vocabulary.ts';
import { uncached, type Bench } from './subject.ts';

const requestsPerRound = 100;
/** From which rank to which a word is common, and rare. */
const common = [0, 300] as const;
const rare = [20_000, vocabularySize - 1] as const;

/** What is searched for: so many common words beside so many rare ones. */
const queries = [[1, 0], [0, 1], [2, 0], [1, 1], [0, 2], [3, 0], [2, 1], [1, 2], [0, 3]] as const;

/** Searching, where nothing is kept from one search to the next. */
export async function measureSearch({ largest, cores, rounds, seed }: Bench): Promise<Row[]> {
  await using site = await startSite({ settings: largest.settings, cores: cores.server, environment: uncached });
  const random = seededRandom(seed);
  const vocabulary = makeVocabulary(largest.seed);
  const subjects = queries.map(([commonOnes, rareOnes]): Subject => ({
    name: [commonOnes > 0 ? `${commonOnes} common` : [], rareOnes > 0 ? `${rareOnes} rare` : []].flat().join(' and '),
    url: site.url,
    paths: Array.from({ length: requestsPerRound * rounds }, () => withQuery(searchPath, { q: words(random, vocabulary, commonOnes, rareOnes) })),
    rounds: [],
  }));
  await measureByTurns(subjects, rounds);
  const ofAll = Array.from({ length: rounds }, (_, round) => subjects.flatMap((subject) => subject.rounds[round] ?? []));
  const each = subjects.map((subject) => `${subject.name}: ${number(p99OfRounds(subject.rounds), 1)}`);
  return [{ what: `search, one to three words: p99 at ${number(largest.size)} articles`, goal: { most: 50 }, value: p99OfRounds(ofAll), unit: 'ms', digits: 1, figures: `p99 of ${each.join(', ')}; half of all within ${number(median(ofAll.flat()), 1)} ms, the slowest ${number(Math.max(...ofAll.flat()), 1)} ms` }];
}

/** In any order: the last word also stands for those that begin with it. */
function words(random: Random, vocabulary: string[], commonOnes: number, rareOnes: number): string {
  const draw = ([first, last]: readonly [number, number]) => vocabulary[between(random, first, last)] ?? '';
  const ranges = [...Array.from({ length: commonOnes }, () => common), ...Array.from({ length: rareOnes }, () => rare)];
  const last = pick(random, ranges);
  return ranges.toSorted((one, other) => Number(one === last) - Number(other === last)).map(draw).join(' ');
}
