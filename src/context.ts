import { fileURLToPath } from 'node:url';
import { makeHashQueue, type HashQueue } from './admin/accounts/password.ts';
import type { Config } from './config.ts';
import { Imaging } from './imaging/imaging.ts';
import { Renditions } from './imaging/renditions.ts';
import { Mailer } from './mail/mailer.ts';
import { Matcher } from './matching/matcher.ts';
import { Languages } from './messages/languages.ts';
import { createLog, type Logger } from './observability/log.ts';
import { TroubleWatch } from './observability/trouble.ts';
import { PageCache } from './page-cache/page-cache.ts';
import { Purger } from './page-cache/purger.ts';
import { MarkupRefresh } from './rendering/markup-refresh.ts';
import { Renderer } from './rendering/renderer.ts';
import { closeOnError, openDatabase } from './startup/open-database.ts';
import { programVersion } from './startup/program-version.ts';
import { followChanges } from './storage/database/changes.ts';
import type { Database } from './storage/database/database.ts';
import { ThemeMerger } from './storage/themes/theme-merger.ts';
import { loadAssets, type Assets } from './web/assets.ts';
import { securityHeaders } from './web/security-headers.ts';

export interface Context {
  config: Config;
  db: Database;
  log: Logger;
  assets: Assets;
  languages: Languages;
  headers: Record<string, string>;
  pages: PageCache;
  renderer: Renderer;
  markupRefresh: MarkupRefresh;
  imaging: Imaging;
  renditions: Renditions;
  matcher: Matcher;
  themeMerger: ThemeMerger;
  hashQueue: HashQueue;
  /** Undefined if the site has no CDN to purge. */
  purger: Purger | undefined;
  /** Undefined if the site has no mail server. */
  mailer: Mailer | undefined;
  /** UTC milliseconds. */
  clock: () => number;
  startedAt: number;
  close(): Promise<void>;
}

/** The parts that tests can replace. */
type ContextParts = Partial<Pick<Context, 'assets' | 'clock' | 'renderer' | 'imaging' | 'languages'>>;

const projectFolder = fileURLToPath(new URL('../', import.meta.url));
export const publicFolder = fileURLToPath(new URL('../public/', import.meta.url));

/** Opens the database and wires everything. Throws an OperatorError if the database can't be used. `close` closes all parts. */
export async function createContext(config: Config, { assets: loaded, clock = Date.now, renderer = new Renderer(), imaging = new Imaging(), languages = new Languages() }: ContextParts = {}): Promise<Context> {
  const log = createLog(config.logLevel);
  const assets = loaded ?? (await loadAssets(publicFolder));
  const db = await openDatabase(config);
  const feed = await closeOnError(db, () => followChanges(db));
  const watch = new TroubleWatch(db, log);
  const pages = new PageCache(feed, config.pageCacheSize, { staleMax: config.staleMax, log });
  const purger = config.cdnPurgeUrl ? new Purger(db, log, { url: config.cdnPurgeUrl, token: config.cdnPurgeToken, version: await programVersion(projectFolder, config.siteUrl) }) : undefined;
  const renditions = new Renditions({ db, log, imaging, clock });
  const matcher = new Matcher({ db, log, clock });
  const themeMerger = new ThemeMerger({ db, clock, onError: (error) => log.error({ err: error }, 'large themes could not be merged (the site tries again within a minute)') });
  const mailer = config.smtp ? new Mailer({ server: config.smtp, from: config.mailFrom, log }) : undefined;
  const markupRefresh = new MarkupRefresh({ db, config, languages, renderer, log, clock });
  const close = async () => {
    await mailer?.close();
    await markupRefresh.stop();
    await matcher.stop();
    await themeMerger.stop();
    await renderer.close();
    await Promise.all([renditions.close(), imaging.close()]);
    await watch.close();
    await db.close();
  };
  return { config, db, log, assets, languages, headers: securityHeaders(config), pages, renderer, markupRefresh, imaging, renditions, matcher, themeMerger, hashQueue: makeHashQueue(), purger, mailer, clock, startedAt: clock(), close };
}
