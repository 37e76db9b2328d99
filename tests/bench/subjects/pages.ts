import { formatCursor } from '../../../src/reader/cursor.ts';
import { archivePath, articlePath, authorPath, frontPath, periodPath, themePath, withQuery } from '../../../src/urls.ts';
import type { Corpus } from '../corpus.ts';
import { randomArticles, type Known } from '../corpus-database.ts';
import { measureByTurns } from '../latency.ts';
import { pick, seededRandom, type Random } from '../random.ts';
import { withSite } from '../site.ts';
import { median, number, p99OfRounds } from '../statistics.ts';
import type { Row } from '../table.ts';
import { uncached, type Bench } from './subject.ts';

const requestsPerRound = 400;

type PathOf = (article: Known, random: Random) => string;

/** Every kind of page: where a list can be continued, half of the requests are somewhere within it. */
const kinds: Record<string, PathOf> = {
  article: ({ slug }) => articlePath(slug),
  front: () => frontPath,
  theme: (article, random) => maybeContinued(themePath(article.theme), article, random),
  author: (article, random) => maybeContinued(authorPath(article.author), article, random),
  archive(article, random) {
    const date = new Date(article.publishedAt).toISOString().slice(0, 10);
    const [year, month, day] = [periodPath(date.slice(0, 4)), periodPath(date.slice(0, 7)), periodPath(date)];
    return pick(random, [archivePath, year, month, day, maybeContinued(year, article, random)]);
  },
};

/** Pages that are not in the cache: how much slower they are where there are many more articles. */
export async function measurePages({ smallest, largest, cores, rounds, seed }: Bench): Promise<Row[]> {
  const options = { cores: cores.server, environment: uncached };
  // Of one size alone, what is printed is the noise of the measurement.
  return withSite({ ...options, dataDir: smallest.dataDir }, (small) =>
    withSite({ ...options, dataDir: largest.dataDir }, async (large) => {
      const rows: Row[] = [];
      for (const [kind, pathOf] of Object.entries(kinds)) {
        const subject = (name: string, url: string, corpus: Corpus) => ({ name, url, paths: pathsOf(corpus, pathOf, requestsPerRound * rounds, seed) });
        const times = await measureByTurns([subject('small', small.url, smallest), subject('large', large.url, largest)], rounds);
        const [ofSmall, ofLarge] = ['small', 'large'].map((name) => times.get(name) ?? []);
        rows.push(row(kind, { smallest, largest }, ofSmall ?? [], ofLarge ?? []));
      }
      return rows;
    }),
  );
}

function pathsOf(corpus: Corpus, pathOf: PathOf, count: number, seed: number): string[] {
  const random = seededRandom(seed);
  return randomArticles(corpus.dataDir, count, random).map((article) => pathOf(article, random));
}

/** Half of the time the list from this article on: a second later is where it is still to come. */
function maybeContinued(path: string, article: Known, random: Random): string {
  return withQuery(path, { before: random() < 0.5 ? formatCursor({ ...article, publishedAt: article.publishedAt + 1000 }) : undefined });
}

/** The median of the rounds' ratios of the 99th percentiles. */
function row(kind: string, { smallest, largest }: Pick<Bench, 'smallest' | 'largest'>, ofSmall: number[][], ofLarge: number[][]): Row {
  const ratios = ofLarge.map((times, round) => p99OfRounds([times]) / p99OfRounds([ofSmall[round] ?? []]));
  const figures = [ofLarge, ofSmall].map((rounds) => `${number(p99OfRounds(rounds), 2)} ms (half within ${number(median(rounds.flat()), 2)})`);
  return { what: `uncached ${kind} page: p99 at ${number(largest.size)} against ${number(smallest.size)} articles`, goal: { most: 1.5 }, value: median(ratios), unit: '', digits: 2, figures: figures.join(' against ') };
}
