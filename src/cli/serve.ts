import cluster from 'node:cluster';
import { createServer, type RequestListener, type Server } from 'node:http';
import { isIP } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createApp } from '../app.ts';
import { localAddress, readConfig, type Config } from '../config.ts';
import { markupKey } from '../content/markdown/markdown.ts';
import { createContext, type Context } from '../context.ts';
import { OperatorError } from '../errors.ts';
import { createLog } from '../observability/log.ts';
import { markdownOptions } from '../rendering/markdown-options.ts';
import { isEmpty } from '../storage/articles/imports.ts';
import { renderOutdated } from '../storage/articles/markup.ts';
import { storeFeedIds } from '../storage/feeds/feed-ids.ts';
import { ensureFirstLink } from '../storage/newsroom/set-up-links.ts';
import { loadSettings, saveSettings } from '../storage/site/settings.ts';
import { absolute, admin, authorPath, feedPath, themePath } from '../urls.ts';
import { closer } from './close-server.ts';
import { loadSample } from './sample.ts';
import { explained } from './with-context.ts';
import { leave, ready, superviseWorkers } from './workers.ts';

/** How long a request that is being answered may take once the server is told to stop, in milliseconds. */
const patience = 10_000;

/** `serve`: runs the site until it is told to stop, in as many processes as are set. `--empty`: a new site begins without the sample. */
export async function serve(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { empty: { type: 'boolean', default: false } } });
  const wanted = readConfig();
  if (wanted.workers > 1 && cluster.isPrimary) return superviseWorkers(wanted.workers, createLog(wanted.logLevel));
  // Told while it still begins, it stops as soon as it has begun: a half loaded sample would stay so.
  const told = orders();
  // The port is taken before anything is made, so that a port in use leaves nothing behind.
  const app = Promise.withResolvers<RequestListener>();
  let answer: RequestListener = async (request, response) => (await app.promise)(request, response);
  const server = createServer();
  const { stop, leave: leaveReaders } = closer(server, (request, response) => answer(request, response), patience);
  try {
    const config = await listen(server, wanted);
    const context = await createContext(config);
    try {
      // Of several processes the first begins alone, and the others after it.
      const isFirst = cluster.worker === undefined || cluster.worker.id === 1;
      if (isFirst) await begin(context, values.empty ? 'empty' : 'with the sample');
      answer = createApp(context);
      app.resolve(answer);
      context.purger?.start();
      if (isFirst) console.log([`Broadsheet is at ${config.siteUrl}`, listening(config), ...(await firstAccount(context))].join('\n'));
      if (cluster.worker) {
        cluster.worker.send(ready);
        context.log.info({ pid: process.pid }, 'a worker answers');
      }
      // Each of several does: what one has made again the others leave alone, and any of them may be the only new one.
      const refreshed = refreshMarkup(context, () => server.listening);
      const reason = await Promise.race([told.stop, told.leave]);
      context.log.info({ reason, pages: context.pages.counts }, 'stopping');
      if (reason === leave) await Promise.race([leaveReaders(), told.stop.then(stop)]);
      else await stop();
      await refreshed;
      await context.purger?.stop();
    } catch (error) {
      throw explained(context, error);
    } finally {
      await context.close();
    }
  } finally {
    server.close();
    server.closeAllConnections();
    cluster.worker?.disconnect();
  }
}

/** When the process is told to stop, and when to leave because another has taken its place. Ctrl+C under npm tells it twice. */
function orders(): { stop: Promise<string>; leave: Promise<string> } {
  return {
    stop: new Promise((resolve) => {
      process.on('SIGTERM', resolve).on('SIGINT', resolve);
      // Of several processes the one above them answers it; a single one ends, as programs do whose terminal is closed.
      process.on('SIGHUP', () => {
        if (!cluster.worker) resolve('SIGHUP');
      });
    }),
    leave: new Promise((resolve) => {
      process.on('message', (message) => {
        if (message === leave) resolve(leave);
      });
    }),
  };
}

/** Stores the ids of feeds, and gives a new site its first content. What is stored for an empty one keeps the sample away from then on. */
async function begin(context: Context, how: 'empty' | 'with the sample'): Promise<void> {
  const atomFeed = (base = '') => absolute(context.config.siteUrl, feedPath('atom', base));
  await storeFeedIds(context.db, { site: atomFeed(), theme: (slug) => atomFeed(themePath(slug)), author: (slug) => atomFeed(authorPath(slug)) });
  if (!(await isEmpty(context.db))) return;
  if (how === 'with the sample') return loadSample(context);
  const { name } = await loadSettings(context.db);
  await saveSettings(context.db, { name }, context.clock());
}

/** Where it listens behind whatever stands in front of it, and which process signals are for. */
function listening({ host, port }: Config): string {
  return `It listens on ${isIP(host) === 6 ? `[${host}]` : host}:${port}, as process ${cluster.worker ? process.ppid : process.pid}`;
}

/** How to make the first account, where nobody administers the site yet. */
async function firstAccount({ db, config }: Context): Promise<string[]> {
  const token = await ensureFirstLink(db);
  return token === undefined ? [] : [`To make the first account, open ${absolute(config.siteUrl, admin.setUp(token))} (it works once)`];
}

/** Binds the port. Returns the settings with the port that it got, which differs where any free one was asked for. */
async function listen(server: Server, config: Config): Promise<Config> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(config.port, config.host, resolve);
    });
  } catch (error) {
    throw refusedAddress(error, config);
  }
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  const siteUrl = config.siteUrl === localAddress(config.host, config.port) ? localAddress(config.host, port) : config.siteUrl;
  return { ...config, port, siteUrl };
}

function refusedAddress(error: unknown, { host, port }: Config): OperatorError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  if (code === 'EADDRINUSE') return new OperatorError(`PORT=${port} is in use on ${host}: stop what uses it, or set PORT to another.`, { cause: error });
  if (code === 'EACCES') return new OperatorError(`PORT=${port} may not be used by this user: set PORT to one above 1023.`, { cause: error });
  return new OperatorError(`HOST=${host} cannot be listened on (${code}): set HOST to an address of this machine.`, { cause: error });
}

/** Makes stored HTML again that an older version of the program made, in the pauses between requests. */
async function refreshMarkup({ db, config, languages, clock, log, renderer }: Context, goOn: () => boolean): Promise<void> {
  try {
    const options = markdownOptions({ config, languages }, await loadSettings(db));
    await renderOutdated(db, markupKey(options), async (markdown, place) => {
      const body = await renderer.render(markdown, options, 'background');
      if (body.isPlain) log.warn({ place }, 'the formatting of a text takes too long to process, so it is shown in plain paragraphs');
      return body;
    }, clock, async () => {
      await nextTurn();
      return goOn();
    });
  } catch (error) {
    log.error({ err: error }, 'stored HTML could not be made again');
  }
}
