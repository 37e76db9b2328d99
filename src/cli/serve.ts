import cluster from 'node:cluster';
import { createServer, type RequestListener, type Server } from 'node:http';
import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import { createApp, viewsFolder } from '../app.ts';
import { localAddress, readConfig, type Config } from '../config.ts';
import { createContext, type Context } from '../context.ts';
import { OperatorError } from '../errors.ts';
import { createLog } from '../observability/log.ts';
import { isEmpty } from '../storage/articles/imports.ts';
import { storeFeedIds } from '../storage/feeds/feed-ids.ts';
import { storeMissingWords } from '../storage/named/name-words.ts';
import { ensureFirstLink } from '../storage/newsroom/set-up-links.ts';
import { loadSettings, saveSettings } from '../storage/site/settings.ts';
import { absolute, admin, authorPath, feedPath, themePath } from '../urls.ts';
import { readViews } from '../web/views.ts';
import { gracefulShutdown } from './close-server.ts';
import { explained } from './with-context.ts';
import { drainMessage, readyMessage, superviseWorkers } from './workers.ts';

const stopTimeoutMs = 10_000;

/** `serve [--empty]`: runs the site, in WORKERS processes, until a signal stops it. */
export async function serve(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { empty: { type: 'boolean', default: false } } });
  const requested = readConfig();
  if (requested.workers > 1 && cluster.isPrimary) return superviseWorkers(requested.workers, createLog(requested.logLevel));
  // A stop signal takes effect only after the start, so that the sample is never loaded in part.
  const signals = listenForSignals();
  // The port is bound first, so that the command creates no database if the port is in use.
  const app = Promise.withResolvers<RequestListener>();
  let answer: RequestListener = async (request, response) => (await app.promise)(request, response);
  const server = createServer();
  const { stop, drain } = gracefulShutdown(server, (request, response) => answer(request, response), stopTimeoutMs);
  try {
    const config = await listen(server, requested);
    const context = await createContext(config);
    try {
      const isFirst = cluster.worker === undefined || cluster.worker.id === 1;
      if (isFirst) await initialise(context, values.empty ? 'empty' : 'with sample');
      answer = createApp(context);
      app.resolve(answer);
      context.purger?.start();
      context.matcher.start();
      context.themeMerger.watch();
      if (isFirst) console.log([`Broadsheet is running at ${config.siteUrl}`, describeListener(config), ...(await describeSetUp(context))].join('\n'));
      if (cluster.worker) {
        cluster.worker.send(readyMessage);
        context.log.info({ pid: process.pid }, 'worker started');
      }
      const views = readViews(viewsFolder);
      // Runs in each worker, because after SIGHUP any of them may be the first of a new version. They skip each other's work.
      context.markupRefresh.start();
      const reason = await Promise.race([signals.stop, signals.drain]);
      context.log.info({ reason, pages: context.pages.counts }, 'stopping');
      // At once, because the replacement of this process may render bodies in another way.
      const refreshed = context.markupRefresh.stop();
      if (reason === drainMessage) await Promise.race([drain(), signals.stop.then(stop)]);
      else await stop();
      await views;
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

/** `drain` resolves when another worker has taken this one's place. Ctrl+C under npm sends two signals, so signals may repeat. */
function listenForSignals(): { stop: Promise<string>; drain: Promise<string> } {
  return {
    stop: new Promise((resolve) => {
      process.on('SIGTERM', resolve).on('SIGINT', resolve);
      // With several workers the primary process handles SIGHUP. A single process ends, as is usual when its terminal closes.
      process.on('SIGHUP', () => {
        if (!cluster.worker) resolve('SIGHUP');
      });
    }),
    drain: new Promise((resolve) => {
      process.on('message', (message) => {
        if (message === drainMessage) resolve(drainMessage);
      });
    }),
  };
}

/** Stores the feed ids and the words of names, and fills a new site. Saving a setting marks a site as not new, so that a later start does not load the sample. */
async function initialise(context: Context, content: 'empty' | 'with sample'): Promise<void> {
  const atomFeed = (base = '') => absolute(context.config.siteUrl, feedPath('atom', base));
  await storeFeedIds(context.db, { site: atomFeed(), theme: (slug) => atomFeed(themePath(slug)), author: (slug) => atomFeed(authorPath(slug)) });
  await storeMissingWords(context.db);
  if (!(await isEmpty(context.db))) return;
  if (content === 'with sample') return (await import('./sample.ts')).loadSample(context);
  const { name } = await loadSettings(context.db);
  await saveSettings(context.db, { name }, context.clock());
}

function describeListener({ host, port }: Config): string {
  return `Listening on ${isIP(host) === 6 ? `[${host}]` : host}:${port} (process ${cluster.worker ? process.ppid : process.pid})`;
}

async function describeSetUp({ db, config }: Context): Promise<string[]> {
  const token = await ensureFirstLink(db);
  return token === undefined ? [] : [`To create the first account, open ${absolute(config.siteUrl, admin.setUp(token))} (the link works once)`];
}

/** Returns the settings with the port that the server got, which differs for PORT=0. */
async function listen(server: Server, config: Config): Promise<Config> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(config.port, config.host, resolve);
    });
  } catch (error) {
    throw listenError(error, config);
  }
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  const siteUrl = config.siteUrl === localAddress(config.host, config.port) ? localAddress(config.host, port) : config.siteUrl;
  return { ...config, port, siteUrl };
}

function listenError(error: unknown, { host, port }: Config): OperatorError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  if (code === 'EADDRINUSE') return new OperatorError(`PORT=${port} is already in use on ${host}. Stop the program that uses this port, or set PORT to another port.`, { cause: error });
  if (code === 'EACCES') return new OperatorError(`PORT=${port} can't be used by this user (EACCES). Set PORT to a port above 1023.`, { cause: error });
  return new OperatorError(`The server can't listen on HOST=${host} (${code}). Set HOST to an address of this machine.`, { cause: error });
}
