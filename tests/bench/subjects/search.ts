import { searchPath, withQuery } from '../../../src/urls.ts';
import { measureByTurns, type Subject } from '../latency.ts';
import { between, pick, seededRandom, type Random } from '../random.ts';
import { startSite } from '../site.ts';
import { median, number, p99OfRounds } from '../statistics.ts';
import type { Row } from '../table.ts';
import { makeVocabulary, vocabularySize } from '../vocabulary.ts';
import { uncached, type Bench } from './subject.ts';

const requestsPerRound = 100;
/** The first and last rank of common words, and of rare ones. */
const common = [0, 300] as const;
const rare = [20_000, vocabularySize - 1] as const;

/** The numbers of common and rare words in each kind of query. */
const queries = [[1, 0], [0, 1], [2, 0], [1, 1], [0, 2], [3, 0], [2, 1], [1, 2], [0, 3]] as const;

/** Uncached searches. */
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
  return [{ what: `search, one to three words: p99 at ${number(largest.size)} articles`, goal: { most: 50 }, value: p99OfRounds(ofAll), unit: 'ms', digits: 1, figures: `p99 of ${each.join(', ')}; median of all ${number(median(ofAll.flat()), 1)} ms, maximum ${number(Math.max(...ofAll.flat()), 1)} ms` }];
}

/** Random words. The last one is a common or a rare word at random, because it is also searched as a prefix. */
function words(random: Random, vocabulary: string[], commonOnes: number, rareOnes: number): string {
  const draw = ([first, last]: readonly [number, number]) => vocabulary[between(random, first, last)] ?? '';
  const ranges = [...Array.from({ length: commonOnes }, () => common), ...Array.from({ length: rareOnes }, () => rare)];
  const last = pick(random, ranges);
  return ranges.toSorted((one, other) => Number(one === last) - Number(other === last)).map(draw).join(' ');
}
