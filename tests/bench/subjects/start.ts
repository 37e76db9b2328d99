import { articlePath } from '../../../src/urls.ts';
import { sendRequest, expectStatus, keepAliveAgent } from '../client.ts';
import { randomSlugs } from '../corpus-database.ts';
import { pick, seededRandom } from '../random.ts';
import { startSite } from '../site.ts';
import { median, number, spread } from '../statistics.ts';
import type { Row } from '../table.ts';
import type { Bench } from './subject.ts';

/** Measures the time from starting the process to the last byte of the first article page. */
export async function measureStart({ largest, cores, rounds, seed }: Bench): Promise<Row[]> {
  const random = seededRandom(seed);
  const slugs = await randomSlugs(largest.settings, 100, random);
  const times: number[] = [];
  // The first start is not counted, because it reads files that later starts find in the operating system's cache.
  for (let run = 0; run <= 2 * rounds; run += 1) {
    const path = articlePath(pick(random, slugs));
    const begin = performance.now();
    await using site = await startSite({ settings: largest.settings, cores: cores.server });
    const agent = keepAliveAgent();
    await expectStatus(200, sendRequest(agent, `${site.url}${path}`), path);
    const time = (performance.now() - begin) / 1000;
    agent.destroy();
    if (run > 0) times.push(time);
  }
  return [{ what: `start to first answer at ${number(largest.size)} articles`, goal: { most: 0.7 }, value: median(times), unit: 's', digits: 2, figures: `${spread(times, 2)} s, ${times.length} starts` }];
}
