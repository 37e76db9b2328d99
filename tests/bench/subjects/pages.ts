import { formatCursor } from '../../../src/reader/lists/cursor.ts';
import { archivePath, articlePath, authorPath, frontPath, periodPath, themePath, withQuery } from '../../../src/urls.ts';
import { randomArticles, type ArticleRef } from '../corpus-database.ts';
import type { Corpus } from '../corpus.ts';
import { measureByTurns, type Subject } from '../latency.ts';
import { pick, seededRandom, type Random } from '../random.ts';
import { startSite, type RunningSite } from '../site.ts';
import { median, number, p99OfRounds, percentile, spread } from '../statistics.ts';
import type { Row } from '../table.ts';
import { uncached, type Bench } from './subject.ts';

const requestsPerRound = 400;

type PathOf = (article: ArticleRef, random: Random) => string;

/** Every kind of page. For lists with several pages, half of the requests start somewhere within the list. */
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

/** How much slower uncached pages are with many more articles. */
export async function measurePages({ smallest, largest, cores, rounds, seed }: Bench): Promise<Row[]> {
  const options = { cores: cores.server, environment: uncached };
  await using small = await startSite({ ...options, settings: smallest.settings });
  await using large = await startSite({ ...options, settings: largest.settings });
  const rows: Row[] = [];
  for (const [kind, pathOf] of Object.entries(kinds)) {
    const subject = async ({ url }: RunningSite, corpus: Corpus): Promise<Subject> => ({ name: kind, url, paths: await pathsOf(corpus, pathOf, requestsPerRound * rounds, seed), rounds: [] });
    const [ofSmall, ofLarge] = [await subject(small, smallest), await subject(large, largest)] as const;
    const isAlone = smallest === largest;
    for (const corpus of [smallest, largest]) await corpus.warm();
    await measureByTurns(isAlone ? [ofLarge] : [ofSmall, ofLarge], rounds);
    rows.push(isAlone ? plainRow(ofLarge, largest) : ratioRow(ofSmall, smallest, ofLarge, largest));
  }
  return rows;
}

async function pathsOf(corpus: Corpus, pathOf: PathOf, count: number, seed: number): Promise<string[]> {
  const random = seededRandom(seed);
  return (await randomArticles(corpus.settings, count, random)).map((article) => pathOf(article, random));
}

/** In half of the cases, the list from this article on: the cursor is a second later than the article. */
function maybeContinued(path: string, article: ArticleRef, random: Random): string {
  return withQuery(path, { before: random() < 0.5 ? formatCursor({ ...article, publishedAt: article.publishedAt + 1000 }) : undefined });
}

function ratioRow(ofSmall: Subject, smallest: Corpus, ofLarge: Subject, largest: Corpus): Row {
  const ratios = ofLarge.rounds.map((times, round) => percentile(times, 0.99) / percentile(ofSmall.rounds[round] ?? [], 0.99));
  const figures = [ofLarge, ofSmall].map(({ rounds }) => `${number(p99OfRounds(rounds), 2)} ms (${medianOf(rounds)})`);
  return { what: `uncached ${ofLarge.name} page: p99 at ${number(largest.size)} against ${number(smallest.size)} articles`, goal: { most: 1.5 }, value: median(ratios), unit: '', digits: 2, figures: `ratio ${spread(ratios, 2)}; ${figures.join(' against ')}` };
}

function plainRow({ name, rounds }: Subject, { size }: Corpus): Row {
  return { what: `uncached ${name} page: p99 at ${number(size)} articles`, value: p99OfRounds(rounds), unit: 'ms', digits: 2, figures: medianOf(rounds) };
}

function medianOf(rounds: number[][]): string {
  return `median ${number(median(rounds.flat()), 2)} ms`;
}
