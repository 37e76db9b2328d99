import { articlePath } from '../../../src/urls.ts';
import { browserEncodings } from '../client.ts';
import { randomSlugs } from '../corpus-database.ts';
import { withDescendants } from '../processes.ts';
import { pick, seededRandom } from '../random.ts';
import { startSite, type RunningSite } from '../site.ts';
import { median, number, spread } from '../statistics.ts';
import type { Row } from '../table.ts';
import { interleave, ratiosOf, type Target } from '../wrk.ts';
import type { Bench } from './subject.ts';

/** Compares two workers with one on the same cores, with an article page from the cache. */
export async function measureWorkers({ largest, cores, rounds, seed }: Bench): Promise<Row[]> {
  const path = articlePath(pick(seededRandom(seed), await randomSlugs(largest.settings, 100, seededRandom(seed))));
  const site = { settings: largest.settings, cores: cores.workers };
  await using one = await startSite({ ...site, environment: { WORKERS: '1' } });
  await using two = await startSite({ ...site, environment: { WORKERS: '2' } });
  const headers = { 'Accept-Encoding': browserEncodings };
  const target = ({ url }: RunningSite): Target => ({ url: `${url}${path}`, headers, results: [] });
  const [ofOne, ofTwo] = [target(one), target(two)] as const;
  await interleave([ofOne, ofTwo], rounds, cores.client);
  const shared = cores.client.some((core) => cores.workers.includes(core)) ? ', on a core that the server uses too' : '';
  return [{ what: 'two workers against one, article page from the cache', value: median(ratiosOf(ofTwo, ofOne)), unit: '', digits: 2, figures: `${describe(ofTwo, two.pid)} against ${describe(ofOne, one.pid)}${shared}` }];
}

function describe({ results }: Target, pid: number): string {
  const share = median(results.map(({ clientShare }) => clientShare)) * 100;
  const processes = withDescendants(pid).length;
  return `${spread(results.map(({ perSecond }) => perSecond))} requests/s with ${processes} ${processes === 1 ? 'process' : 'processes'}, the client at ${number(share)} % of its core`;
}
