import { articleGenerator } from '../article-generator.ts';
import { openNewsroom } from '../newsroom.ts';
import { startSite } from '../site.ts';
import { median, number, p99OfRounds } from '../statistics.ts';
import type { Row } from '../table.ts';
import type { Bench } from './subject.ts';

const articlesPerRound = 200;
const warmUp = 30;

/** Publishes new articles through the form, and measures the time until the response. By then the article is on disk. */
export async function measurePublish({ largest, cores, rounds }: Bench): Promise<Row[]> {
  const articleOf = articleGenerator(largest.seed);
  await using copy = await largest.copy();
  await using site = await startSite({ settings: copy.settings, cores: cores.server });
  const newsroom = await openNewsroom(site);
  const times: number[][] = [];
  let index = largest.size;
  for (const end = index + warmUp; index < end; index += 1) await newsroom.publish(articleOf(index));
  for (let round = 0; round < rounds; round += 1) {
    const ofRound: number[] = [];
    for (const end = index + articlesPerRound; index < end; index += 1) ofRound.push(await newsroom.publish(articleOf(index)));
    times.push(ofRound);
  }
  newsroom.close();
  const all = times.flat();
  return [{ what: `publish, request to answer, durable: p99 at ${number(largest.size)} articles`, goal: { most: 25 }, value: p99OfRounds(times), unit: 'ms', digits: 1, figures: `${number(all.length)} articles: median ${number(median(all), 1)} ms, maximum ${number(Math.max(...all), 1)} ms` }];
}
