import { articlePath } from '../../../src/urls.ts';
import { sendRequest, browserEncodings, expectStatus, keepAliveAgent } from '../client.ts';
import { randomSlugs } from '../corpus-database.ts';
import { residentMemory } from '../processes.ts';
import { seededRandom } from '../random.ts';
import { startSite } from '../site.ts';
import { number } from '../statistics.ts';
import type { Row } from '../table.ts';
import type { Bench } from './subject.ts';

const maxPages = 100_000;
const readers = 8;

/** The memory of a site with default settings after it has served many different pages. */
export async function measureMemory({ largest, cores, seed }: Bench): Promise<Row[]> {
  const paths = (await randomSlugs(largest.settings, maxPages, seededRandom(seed))).map(articlePath);
  await using site = await startSite({ settings: largest.settings, cores: cores.server });
  const before = residentMemory(site.pid);
  const left = paths.values();
  await Promise.all(
    Array.from({ length: readers }, async () => {
      const agent = keepAliveAgent();
      // The readers share one iterator, so each path is requested once.
      for (const path of left) await expectStatus(200, sendRequest(agent, `${site.url}${path}`, { headers: { 'Accept-Encoding': browserEncodings } }), path);
      agent.destroy();
    }),
  );
  const { all, anonymous, highest } = residentMemory(site.pid);
  return [{ what: `resident memory after ${number(paths.length)} different pages at ${number(largest.size)} articles`, goal: { most: 200 }, value: all, unit: 'MB', digits: 0, figures: `${number(before.all)} MB after the start, ${number(highest)} MB at most; without mapped files ${number(anonymous)} MB` }];
}
