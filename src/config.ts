import { isIP } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { OperatorError } from './errors.ts';

/** What whoever runs the site may set, all from the environment. */
export interface Config {
  port: number;
  host: string;
  /** An absolute path. */
  dataDir: string;
  /** Without a slash at its end. */
  siteUrl: string;
  /** Where the site's PostgreSQL is; empty: the site is a file in `dataDir`. */
  databaseUrl: string;
  /** How many connections each process has for reading. */
  databasePool: number;
  /** How long the database is waited for, in milliseconds. */
  databaseTimeout: number;
  /** How long finished pages may be served while the database is away, in milliseconds. */
  staleMax: number;
  logLevel: string;
  trustProxy: string | number | false;
  /** How much memory finished pages may take, in bytes. */
  pageCacheSize: number;
  /** How many processes serve the site. */
  workers: number;
  /** Where caches in front of the site are told what changed; empty: there are none. */
  cdnPurgeUrl: string;
  cdnPurgeToken: string;
}

interface SettingRow<Value> {
  variable: string;
  /** As the README and the messages describe it. */
  expected: string;
  fallback: string;
  /** The value, or undefined where the text makes no sense. */
  read(text: string): Value | undefined;
  /** Its value is in no message. */
  isSecret?: boolean;
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
const projectFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** How a PostgreSQL database is named. */
export const postgresForm = 'a PostgreSQL database, such as postgres://USER:PASSWORD@HOST:5432/DATABASE, in which @ : / ? # % are written %40 %3A %2F %3F %23 %25, with ?sslmode= and disable, require, verify-ca or verify-full';

/** Every setting: its variable, its default, its check. */
export const settings = {
  port: row('PORT', '3000', 'a port number from 0 to 65535 (0: any free one)', (text) => integer(text, 65_535)),
  host: row('HOST', '127.0.0.1', 'an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all', (text) => (/^[\w.:-]+$/.test(text) ? text : undefined)),
  dataDir: row('DATA_DIR', 'data', 'a folder; one that is relative is below the project', (text) => path.resolve(projectFolder, text)),
  siteUrl: row('SITE_URL', '', "the site's public address, such as https://news.example, without a path", readSiteUrl),
  databaseUrl: { ...row('DATABASE_URL', '', postgresForm, readDatabaseUrl), isSecret: true },
  databasePool: row('DATABASE_POOL', '10', 'how many connections each process may have for reading, from 1 to 1000', (text) => (integer(text, 1000) || undefined)),
  databaseTimeout: row('DATABASE_TIMEOUT', '10', 'how long PostgreSQL is waited for, in seconds from 1 to 600', (text) => (integer(text, 600) || undefined)),
  staleMax: row('STALE_MAX', '3600', 'how long finished pages are served while the database is away, in seconds from 0 to 99999', (text) => integer(text, 99_999)),
  logLevel: row('LOG_LEVEL', 'info', `one of ${logLevels.join(', ')}`, (text) => logLevels.find((level) => level === text)),
  trustProxy: row('TRUST_PROXY', '', 'how many proxies stand in front (0 to 10), or their addresses, separated by commas', readTrustProxy),
  workers: row('WORKERS', '1', 'how many processes serve the site, from 1 to 64', (text) => integer(text, 64) || undefined),
  pageCache: row('PAGE_CACHE_MB', '64', 'how much memory finished pages may take, in megabytes from 0 (none is kept) to 65535', (text) => integer(text, 65_535)),
  cdnPurgeUrl: row('CDN_PURGE_URL', '', 'the address at which the cache in front of the site takes purges, such as https://api.fastly.com/service/ID/purge, without a user', readWebAddress),
  cdnPurgeToken: { ...row('CDN_PURGE_TOKEN', '', 'the token that goes with purges', (text) => (/^[\x21-\x7e]*$/.test(text) ? text : undefined)), isSecret: true },
};

/**
 * Reads and checks the settings.
 *
 * @throws OperatorError naming the variable, what was given and what is expected
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const port = value(settings.port, environment);
  const host = value(settings.host, environment);
  return {
    port,
    host,
    dataDir: value(settings.dataDir, environment),
    siteUrl: value(settings.siteUrl, environment) || localAddress(host, port),
    databaseUrl: value(settings.databaseUrl, environment),
    databasePool: value(settings.databasePool, environment),
    databaseTimeout: value(settings.databaseTimeout, environment) * 1000,
    staleMax: value(settings.staleMax, environment) * 1000,
    logLevel: value(settings.logLevel, environment),
    trustProxy: value(settings.trustProxy, environment),
    workers: value(settings.workers, environment),
    cdnPurgeUrl: value(settings.cdnPurgeUrl, environment),
    cdnPurgeToken: value(settings.cdnPurgeToken, environment),
    pageCacheSize: value(settings.pageCache, environment) * 1_000_000,
  };
}

/** The address of a server on this machine, for a browser on this machine. */
export function localAddress(host: string, port: number): string {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${isIP(reachable) === 6 ? `[${reachable}]` : reachable}${port === 80 ? '' : `:${port}`}`;
}

function row<Value>(variable: string, fallback: string, expected: string, read: (text: string) => Value | undefined): SettingRow<Value> {
  return { variable, fallback, expected, read };
}

function value<Value>({ variable, expected, fallback, read, isSecret }: SettingRow<Value>, environment: NodeJS.ProcessEnv): Value {
  const text = environment[variable]?.trim() || fallback;
  const found = read(text);
  // A password may stand in any address, where none belongs.
  if (found === undefined) throw new OperatorError(`${variable}=${isSecret ? '…' : text.replace(/\/\/.*@/, '//…@')} makes no sense: expected ${expected}.`);
  return found;
}

function integer(text: string, most: number): number | undefined {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  return number <= most ? number : undefined;
}

function readWebAddress(text: string): string | undefined {
  if (text === '') return '';
  const url = URL.parse(text);
  return url && /^https?:$/.test(url.protocol) && url.username === '' ? url.href : undefined;
}

/** The address of a PostgreSQL database, or undefined where a text is none. */
export function readDatabaseUrl(text: string): string | undefined {
  if (text === '') return '';
  const url = URL.parse(text);
  if (!url || !/^postgres(?:ql)?:$/.test(url.protocol) || !(url.hostname || url.searchParams.get('host')) || !/^\/[^/@]+$/.test(url.pathname)) return undefined;
  const isEncoded = !/%(?![0-9a-f]{2})/i.test(text);
  return isEncoded && /^(?:disable|require|verify-ca|verify-full)$/.test(url.searchParams.get('sslmode') ?? 'disable') ? text : undefined;
}

function readSiteUrl(text: string): string | undefined {
  if (text === '') return '';
  const url = URL.parse(text);
  const plain = url && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  return plain ? url.origin : undefined;
}

function readTrustProxy(text: string): string | number | false | undefined {
  if (text === '') return false;
  const count = integer(text, 10);
  if (count !== undefined) return count;
  const named = /^(?:loopback|linklocal|uniquelocal)$/;
  const addresses = text.split(',').map((part) => part.trim());
  return addresses.every((address) => named.test(address) || isNetwork(address)) ? addresses.join(',') : undefined;
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  return family !== 0 && rest.length === 0 && (bits === undefined || integer(bits, family === 4 ? 32 : 128) !== undefined);
}
