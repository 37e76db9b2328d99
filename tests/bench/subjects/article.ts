import { articlePath } from '../../../src/urls.ts';
import { expectSame, withBare } from '../bare.ts';
import { ask, browserEncodings, expectStatus, header, keepAlive, type Received } from '../client.ts';
import { randomSlugs } from '../corpus-database.ts';
import { pick, seededRandom } from '../random.ts';
import { withSite } from '../site.ts';
import { median, number, spread } from '../statistics.ts';
import type { Row } from '../table.ts';
import { interleave, ratiosOf, withPaths, type Target } from '../wrk.ts';
import { uncached, type Bench } from './subject.ts';

/** How many articles the uncached pages are of. */
const differentPages = 2000;

/** Article pages against a bare server that gives the same bytes: from the cache, as 304, and made anew each time. */
export async function measureArticle({ largest, cores, rounds, seed }: Bench): Promise<Row[]> {
  const random = seededRandom(seed);
  const paths = randomSlugs(largest.dataDir, differentPages, random).map(articlePath);
  const path = pick(random, paths);
  const site = { dataDir: largest.dataDir, cores: cores.server };
  return withSite(site, (cached) =>
    withSite({ ...site, environment: uncached }, async (uncachedSite) => {
      const asked = { headers: { 'Accept-Encoding': browserEncodings } };
      const page = await answerOf(`${cached.url}${path}`, 200, asked.headers);
      const known = { headers: { ...asked.headers, 'If-None-Match': header(page, 'etag') ?? '' } };
      const notModified = await answerOf(`${cached.url}${path}`, 304, known.headers);
      const typical = await typicalPage(uncachedSite.url, paths);
      return withBare(cores.server, page, notModified, (bare) =>
        withBare(cores.server, typical, undefined, (plainBare) =>
          withPaths(paths, async (script) => {
            await expectSame(bare, page, asked);
            await expectSame(bare, notModified, known);
            await expectSame(plainBare, typical, {});
            const one = (url: string, headers: Record<string, string>): Target => ({ url: `${url}${path}`, headers, reached: [] });
            const many = (url: string): Target => ({ url, script, reached: [] });
            const [ofCache, bareOfCache] = [one(cached.url, asked.headers), one(bare, asked.headers)] as const;
            const [ofNotModified, bareNotModified] = [one(cached.url, known.headers), one(bare, known.headers)] as const;
            const [madeAnew, bareMadeAnew] = [many(uncachedSite.url), many(plainBare)] as const;
            await interleave([ofCache, bareOfCache, ofNotModified, bareNotModified, madeAnew, bareMadeAnew], rounds, cores.client);
            const size = (received: Received) => `${number(received.body.length)} bytes`;
            return [
              ratioRow('article page from the cache against bare `node:http`', 0.9, ofCache, bareOfCache, size(page)),
              ratioRow('its 304 against bare `node:http`', 0.9, ofNotModified, bareNotModified, 'no body'),
              ratioRow('article page not in the cache against bare `node:http`', 0.08, madeAnew, bareMadeAnew, `${number(paths.length)} pages, some ${size(typical)}`),
            ];
          }),
        ),
      );
    }),
  );
}

/** The same answer as before, so that whatever the first request does besides is done. */
async function answerOf(url: string, status: number, headers: Record<string, string>): Promise<Received> {
  const agent = keepAlive();
  try {
    // HTTP's dates cannot tell two changes in one second, so just started sites may leave them out for a while.
    const end = Date.now() + 2500;
    let answer = await ask(agent, url, { headers });
    while (header(answer, 'last-modified') === undefined && Date.now() < end) answer = await ask(agent, url, { headers });
    return await expectStatus(status, ask(agent, url, { headers }), url);
  } finally {
    agent.destroy();
  }
}

/** The page whose size is nearest to the mean of all. */
async function typicalPage(url: string, paths: string[]): Promise<Received> {
  const agent = keepAlive();
  const pages: Received[] = [];
  for (const path of paths.slice(0, 300)) pages.push(await expectStatus(200, ask(agent, `${url}${path}`), path));
  agent.destroy();
  const mean = pages.reduce((sum, { body }) => sum + body.length, 0) / pages.length;
  const [nearest] = pages.toSorted((one, other) => Math.abs(one.body.length - mean) - Math.abs(other.body.length - mean));
  if (!nearest) throw new Error('The corpus has no articles');
  return nearest;
}

/** The median of the rounds' ratios. */
function ratioRow(what: string, least: number, site: Target, bare: Target, size: string): Row {
  const ratios = ratiosOf(site, bare);
  const rates = ({ reached }: Target) => spread(reached.map(({ perSecond }) => perSecond));
  return { what, goal: { least }, value: median(ratios), unit: '', digits: 2, figures: `ratio ${spread(ratios, 2)}; ${rates(site)} requests/s against ${rates(bare)}; ${size}` };
}
