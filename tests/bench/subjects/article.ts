import { setTimeout as pause } from 'node:timers/promises';
import { articlePath } from '../../../src/urls.ts';
import { expectSame, startBare } from '../bare.ts';
import { sendRequest, browserEncodings, expectStatus, header, keepAliveAgent, type ReceivedResponse } from '../client.ts';
import { randomSlugs } from '../corpus-database.ts';
import { pick, seededRandom } from '../random.ts';
import { startSite } from '../site.ts';
import { median, number, spread } from '../statistics.ts';
import type { Row } from '../table.ts';
import { clientShareOf, interleave, ratiosOf, writePaths, type Target } from '../wrk.ts';
import { uncached, type Bench } from './subject.ts';

/** The number of different articles that are requested uncached. */
const differentPages = 2000;
/** Milliseconds until a page's response no longer changes: Last-Modified is left out for two seconds, and the cache recompresses pages. */
const settleTime = 3000;

/** Article pages compared with a bare server that sends the same bytes: from the cache, as 304, and uncached. */
export async function measureArticle({ largest, cores, rounds, seed }: Bench): Promise<Row[]> {
  const random = seededRandom(seed);
  const paths = (await randomSlugs(largest.settings, differentPages, random)).map(articlePath);
  const path = pick(random, paths);
  const options = { settings: largest.settings, cores: cores.server };
  await using site = await startSite(options);
  await using uncachedSite = await startSite({ ...options, environment: uncached });

  const plain = { 'Accept-Encoding': browserEncodings };
  const page = await waitForStableResponse(`${site.url}${path}`, 200, plain);
  const conditional = { ...plain, 'If-None-Match': header(page, 'etag') ?? '' };
  const notModified = await waitForStableResponse(`${site.url}${path}`, 304, conditional);
  const typical = await typicalPage(uncachedSite.url, paths);
  await using bare = await startBare(cores.server, page, notModified);
  await using typicalBare = await startBare(cores.server, typical);
  await expectSame(`${bare.url}${path}`, page, { headers: plain });
  await expectSame(`${bare.url}${path}`, notModified, { headers: conditional });
  await expectSame(`${typicalBare.url}${path}`, typical, {});

  using script = writePaths(paths);
  const one = ({ url }: { url: string }, headers: Record<string, string>): Target => ({ url: `${url}${path}`, headers, results: [] });
  const many = ({ url }: { url: string }): Target => ({ url, script: script.file, results: [] });
  const cached = [one(site, plain), one(bare, plain)] as const;
  const notModifiedPair = [one(site, conditional), one(bare, conditional)] as const;
  const uncachedPair = [many(uncachedSite), many(typicalBare)] as const;
  await interleave([...cached, ...notModifiedPair, ...uncachedPair], rounds, cores.client);
  return [
    ratioRow('article page from the cache against bare `node:http`', 0.9, cached, `${number(page.body.length)} bytes`),
    ratioRow('its 304 against bare `node:http`', 0.9, notModifiedPair, 'no body'),
    ratioRow('article page not in the cache against bare `node:http`', 0.08, uncachedPair, `${number(paths.length)} pages of about ${number(typical.body.length)} bytes`),
  ];
}

async function waitForStableResponse(url: string, status: number, headers: Record<string, string>): Promise<ReceivedResponse> {
  const agent = keepAliveAgent();
  try {
    for (const end = Date.now() + settleTime; Date.now() < end; await pause(20)) await expectStatus(status, sendRequest(agent, url, { headers }), url);
    return await expectStatus(status, sendRequest(agent, url, { headers }), url);
  } finally {
    agent.destroy();
  }
}

/** The page whose size is closest to the mean. */
async function typicalPage(url: string, paths: string[]): Promise<ReceivedResponse> {
  const agent = keepAliveAgent();
  const pages: ReceivedResponse[] = [];
  for (const path of paths.slice(0, 300)) pages.push(await expectStatus(200, sendRequest(agent, `${url}${path}`), path));
  agent.destroy();
  const mean = pages.reduce((sum, { body }) => sum + body.length, 0) / pages.length;
  const [nearest] = pages.toSorted((one, other) => Math.abs(one.body.length - mean) - Math.abs(other.body.length - mean));
  if (!nearest) throw new Error('The corpus has no articles');
  return nearest;
}

function ratioRow(what: string, least: number, [site, bare]: readonly [Target, Target], size: string): Row {
  const ratios = ratiosOf(site, bare);
  const rates = ({ results }: Target) => spread(results.map(({ perSecond }) => perSecond));
  return { what, goal: { least }, value: median(ratios), unit: '', digits: 2, figures: `ratio ${spread(ratios, 2)}; ${rates(site)} requests/s against ${rates(bare)}, the client at ${number(clientShareOf(site, bare) * 100)} % of its core at most; ${size}` };
}
