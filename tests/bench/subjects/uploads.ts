import { setTimeout as pause } from 'node:timers/promises';
import { articlePath } from '../../../src/urls.ts';
import { browserEncodings } from '../client.ts';
import { randomSlugs } from '../corpus-database.ts';
import { openNewsroom } from '../newsroom.ts';
import { makeNoiseFiles } from '../noise-files.ts';
import { residentMemory, withDescendants } from '../processes.ts';
import { pick, seededRandom } from '../random.ts';
import { startSite, type RunningSite } from '../site.ts';
import { median, number, spread } from '../statistics.ts';
import type { Row } from '../table.ts';
import { measureOnce, warmUp } from '../wrk.ts';
import type { Bench } from './subject.ts';

const uploads = 20;
/** Each round decodes 20 pictures of 60 megapixels, which takes a minute. */
const maxRounds = 3;
/** Milliseconds. */
const samplingInterval = 50;
const renditionTime = 10_000;

/** The memory of the server with its image process, and the rate of cached pages, while an editor uploads many large pictures at once. */
export async function measureUploads(bench: Bench): Promise<Row[]> {
  const files = await makeNoiseFiles(uploads);
  const rounds: Round[] = [];
  for (let round = 0; round < Math.min(bench.rounds, maxRounds); round += 1) rounds.push(await measureRound(bench, files));
  const [peaks, ratios, seconds] = [rounds.map(({ peak }) => peak), rounds.flatMap((one) => one.ratios), rounds.map((one) => one.seconds)];
  const [before, after] = [rounds.map((one) => one.before), rounds.map((one) => one.after)];
  const what = `${uploads} uploads of ${number((files[0]?.length ?? 0) / 1e6)} MB and 60 megapixels at once`;
  return [
    { what: `${what}: resident memory of the server with its image process`, goal: { most: 600 }, value: Math.max(...peaks), unit: 'MB', digits: 0, figures: `peak ${spread(peaks)} MB; ${spread(before)} MB before, the server alone ${spread(after)} MB after; all answered in ${spread(seconds)} s` },
    { what: `${what}: article page from the cache against the rate just before`, goal: { least: 0.5 }, value: median(ratios), unit: '', digits: 2, figures: `ratio ${spread(ratios, 2)} in ${ratios.length} samples` },
  ];
}

interface Round {
  /** In MB. */
  before: number;
  peak: number;
  after: number;
  /** From the first request to the last answer. */
  seconds: number;
  /** The rates of a cached page during the uploads, divided by the rate before. */
  ratios: number[];
}

/** A new site for each round, because the library would know the pictures of an earlier one. */
async function measureRound({ smallest, cores, seed }: Bench, files: Buffer[]): Promise<Round> {
  await using copy = await smallest.copy();
  const path = articlePath(pick(seededRandom(seed), await randomSlugs(copy.settings, 100, seededRandom(seed))));
  await using site = await startSite({ settings: copy.settings, cores: cores.server });
  const newsroom = await openNewsroom(site);
  const page = { url: `${site.url}${path}`, headers: { 'Accept-Encoding': browserEncodings } };
  await warmUp(page, cores.client);
  const before = memoryOf(site);
  const usual = median([await measureOnce(page, cores.client), await measureOnce(page, cores.client), await measureOnce(page, cores.client)].map(({ perSecond }) => perSecond));
  const peak = watchMemory(site);
  const start = performance.now();
  const answered = new AbortController();
  const sent = Promise.all(files.map(async (file, index) => newsroom.upload(file, `${index}.jpg`))).finally(() => answered.abort());
  const ratios: number[] = [];
  // Readers stop after a while, because the image process gives way to them and would take very long.
  while (!answered.signal.aborted && ratios.length < 8) ratios.push((await measureOnce(page, cores.client)).perSecond / usual);
  await sent;
  const seconds = (performance.now() - start) / 1000;
  newsroom.close();
  // Renditions are made after the answers.
  await pause(renditionTime);
  return { before, peak: await peak.stop(), after: residentMemory(site.pid).all, seconds, ratios };
}

function watchMemory(site: RunningSite): { stop(): Promise<number> } {
  let peak = 0;
  const stopping = new AbortController();
  const watching = (async () => {
    while (!stopping.signal.aborted) {
      peak = Math.max(peak, memoryOf(site));
      await pause(samplingInterval);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await watching;
      return peak;
    },
  };
}

/** Of the server and its child processes, in MB. */
function memoryOf({ pid }: RunningSite): number {
  return withDescendants(pid).reduce((sum, one) => sum + (memoryOrNone(one)), 0);
}

/** 0 if the process has ended meanwhile. */
function memoryOrNone(pid: number): number {
  try {
    return residentMemory(pid).all;
  } catch {
    return 0;
  }
}
