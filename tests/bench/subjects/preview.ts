import { setTimeout as delay } from 'node:timers/promises';
import { articlePath, frontPath, searchPath, withQuery } from '../../../src/urls.ts';
import { slowBodies } from '../../rendering/slow-bodies.ts';
import { measureByTurns, type Subject } from '../latency.ts';
import { openNewsroom } from '../newsroom.ts';
import { startSite } from '../site.ts';
import { median, number, p99OfRounds } from '../statistics.ts';
import type { Row } from '../table.ts';
import { makeVocabulary } from '../vocabulary.ts';
import type { Bench } from './subject.ts';

const requestsPerRound = 300;
/** Milliseconds between two previews, and their length in characters. */
const interval = 100;
const length = 60_000;

/** Readers' response times with and without an editor who previews the slowest known texts ten times a second. */
export async function measurePreview({ largest, cores, rounds }: Bench): Promise<Row[]> {
  await using copy = await largest.copy();
  await using site = await startSite({ settings: copy.settings, cores: cores.server });
  const newsroom = await openNewsroom(site);
  const preview = await newsroom.startPreviews();
  const bodies = Object.values(slowBodies).map((make) => make(length));
  const vocabulary = makeVocabulary(largest.seed);
  const articles = await articlesOf(site.url);
  const quiet: Subject[] = readers();
  const busy: Subject[] = readers();
  const previews: Promise<boolean>[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await measureByTurns(quiet, 1);
    const over = new AbortController();
    const editing = (async () => {
      while (!over.signal.aborted) {
        previews.push(preview(bodies[previews.length % bodies.length] ?? ''));
        await delay(interval);
      }
    })();
    await delay(2000);
    await measureByTurns(busy, 1);
    over.abort();
    await editing;
    await Promise.all(previews);
  }
  const taken = (await Promise.all(previews)).filter(Boolean).length;
  newsroom.close();
  const [without, beside] = [quiet, busy].map((subjects) => subjects.map(({ name, rounds: times }) => `${name} ${number(p99OfRounds(times), 1)}`).join(', '));
  const pages = Array.from({ length: rounds }, (_, round) => busy.filter(({ name }) => name !== 'searches').flatMap((subject) => subject.rounds[round] ?? []));
  return [{ what: `front page and articles, while an editor previews the slowest texts ten times a second: p99 at ${number(largest.size)} articles`, goal: { most: 20 }, value: p99OfRounds(pages), unit: 'ms', digits: 1, figures: `p99 in ms: ${beside}; without the editor: ${without}; median ${number(median(pages.flat()), 1)} ms; ${number(taken)} previews made, ${number(previews.length - taken)} refused` }];

  function readers(): Subject[] {
    const searches = Array.from({ length: requestsPerRound }, (_, index) => withQuery(searchPath, { q: vocabulary[index % 300] ?? '' }));
    return [
      { name: 'front page', url: site.url, paths: repeated([frontPath]), rounds: [] },
      { name: 'articles', url: site.url, paths: repeated(articles), rounds: [] },
      { name: 'searches', url: site.url, paths: searches, rounds: [] },
    ];
  }
}

function repeated(paths: string[]): string[] {
  return Array.from({ length: requestsPerRound }, (_, index) => paths[index % paths.length] ?? frontPath);
}

/** The paths of the articles that the front page links to. */
async function articlesOf(url: string): Promise<string[]> {
  const html = await (await fetch(url)).text();
  const prefix = articlePath('');
  return [...new Set([...html.matchAll(/href="([^"]+)"/g)].flatMap(([, href = '']) => (href.startsWith(prefix) ? [href] : [])))];
}
