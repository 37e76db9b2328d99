import { isIP } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEmail } from './content/accounts/email.ts';
import { OperatorError } from './errors.ts';

export interface Config {
  port: number;
  host: string;
  /** An absolute path. */
  dataDir: string;
  /** Without a trailing slash. */
  siteUrl: string;
  /** Empty for a SQLite file in `dataDir`. */
  databaseUrl: string;
  databasePool: number;
  /** Milliseconds. */
  databaseTimeout: number;
  /** How long cached pages are served while the database is unavailable, in milliseconds. */
  staleMax: number;
  logLevel: string;
  trustProxy: string | number | false;
  /** Bytes. */
  pageCacheSize: number;
  workers: number;
  /** Empty if the site has no CDN to purge. */
  cdnPurgeUrl: string;
  cdnPurgeToken: string;
  /** Null if the site sends no email. */
  smtp: SmtpServer | null;
  /** The sender's address. Never empty if there is an SMTP server. */
  mailFrom: string;
}

export interface SmtpServer {
  host: string;
  port: number;
  /** TLS from the first byte (`smtps://`), not after STARTTLS. */
  isSecure: boolean;
  login: { user: string; password: string } | undefined;
}

interface SettingRow<Value> {
  variable: string;
  /** For the error message and for `help`. */
  expected: string;
  fallback: string;
  /** Returns undefined if the text is not valid. */
  parse(text: string): Value | undefined;
  isSecret?: boolean;
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
const projectFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

export const databaseUrlFormat = 'a PostgreSQL URL such as postgres://USER:PASSWORD@HOST:5432/DATABASE, in which @ : / ? # % are written as %40 %3A %2F %3F %23 %25, with an optional ?sslmode= of disable, require, verify-ca or verify-full';

export const settings = {
  port: row('PORT', '3000', 'a port number from 0 to 65535 (0 picks any free port)', (text) => parseInteger(text, 65_535)),
  host: row('HOST', '127.0.0.1', 'an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of its addresses', (text) => (/^[\w.:-]+$/.test(text) ? text : undefined)),
  dataDir: row('DATA_DIR', 'data', 'a folder; a relative path starts at the project folder', (text) => path.resolve(projectFolder, text)),
  siteUrl: row('SITE_URL', '', "the site's public URL, such as https://news.example, without a path", parseSiteUrl),
  databaseUrl: { ...row('DATABASE_URL', '', databaseUrlFormat, parseDatabaseUrl), isSecret: true },
  databasePool: row('DATABASE_POOL', '10', 'the maximum number of read connections per process, from 1 to 1000', (text) => parseInteger(text, 1000) || undefined),
  databaseTimeout: row('DATABASE_TIMEOUT', '10', 'how long to wait for PostgreSQL, in seconds from 1 to 600', (text) => parseInteger(text, 600) || undefined),
  staleMax: row('STALE_MAX', '3600', 'how long cached pages are served while the database is unavailable, in seconds from 0 to 99999', (text) => parseInteger(text, 99_999)),
  logLevel: row('LOG_LEVEL', 'info', `one of ${logLevels.join(', ')}`, (text) => logLevels.find((level) => level === text)),
  trustProxy: row('TRUST_PROXY', '', 'the number of proxies in front of the site (0 to 10), or their addresses, separated by commas', parseTrustProxy),
  workers: row('WORKERS', '1', 'the number of processes that serve the site, from 1 to 64', (text) => parseInteger(text, 64) || undefined),
  pageCache: row('PAGE_CACHE_MB', '64', 'the memory for cached pages in each process, in megabytes from 0 (no cache) to 65535', (text) => parseInteger(text, 65_535)),
  cdnPurgeUrl: row('CDN_PURGE_URL', '', 'the URL to which purge requests are sent, such as https://api.fastly.com/service/ID/purge, without a user name', parseWebUrl),
  cdnPurgeToken: { ...row('CDN_PURGE_TOKEN', '', 'the token for purge requests, in ASCII without spaces', (text) => (/^[\x21-\x7e]*$/.test(text) ? text : undefined)), isSecret: true },
  smtpUrl: { ...row('SMTP_URL', '', 'the URL of a mail server, such as smtps://USER:PASSWORD@mail.example or smtp://USER:PASSWORD@mail.example:587, in which @ : / ? # % are written as %40 %3A %2F %3F %23 %25', parseSmtpUrl), isSecret: true },
  mailFrom: row('MAIL_FROM', '', 'the address that the site sends email from, such as newsroom@news.example', (text) => (text === '' ? '' : parseEmail(text))),
};

/** Throws an OperatorError that names the variable, the given value and what is expected. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const port = readSetting(settings.port, environment);
  const host = readSetting(settings.host, environment);
  const smtp = readSetting(settings.smtpUrl, environment);
  const mailFrom = readSetting(settings.mailFrom, environment);
  if (smtp && mailFrom === '') throw new OperatorError(`${settings.mailFrom.variable} is missing. With ${settings.smtpUrl.variable}, it has to be ${settings.mailFrom.expected}.`);
  return {
    port,
    host,
    dataDir: readSetting(settings.dataDir, environment),
    siteUrl: readSetting(settings.siteUrl, environment) || localAddress(host, port),
    databaseUrl: readSetting(settings.databaseUrl, environment),
    databasePool: readSetting(settings.databasePool, environment),
    databaseTimeout: readSetting(settings.databaseTimeout, environment) * 1000,
    staleMax: readSetting(settings.staleMax, environment) * 1000,
    logLevel: readSetting(settings.logLevel, environment),
    trustProxy: readSetting(settings.trustProxy, environment),
    workers: readSetting(settings.workers, environment),
    cdnPurgeUrl: readSetting(settings.cdnPurgeUrl, environment),
    cdnPurgeToken: readSetting(settings.cdnPurgeToken, environment),
    pageCacheSize: readSetting(settings.pageCache, environment) * 1_000_000,
    smtp,
    mailFrom,
  };
}

/** The URL of a server on this machine, for a browser on this machine. */
export function localAddress(host: string, port: number): string {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${isIP(reachable) === 6 ? `[${reachable}]` : reachable}${port === 80 ? '' : `:${port}`}`;
}

function row<Value>(variable: string, fallback: string, expected: string, parse: (text: string) => Value | undefined): SettingRow<Value> {
  return { variable, fallback, expected, parse };
}

function readSetting<Value>({ variable, expected, fallback, parse, isSecret }: SettingRow<Value>, environment: NodeJS.ProcessEnv): Value {
  const text = environment[variable]?.trim() || fallback;
  const parsed = parse(text);
  // Hides a password, even if the variable may not contain one.
  if (parsed === undefined) throw new OperatorError(`${variable}=${isSecret ? '…' : text.replace(/\/\/.*@/, '//…@')} is not valid. Expected ${expected}.`);
  return parsed;
}

function parseInteger(text: string, max: number): number | undefined {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  return number <= max ? number : undefined;
}

function parseWebUrl(text: string): string | undefined {
  if (text === '') return '';
  const url = URL.parse(text);
  return url && /^https?:$/.test(url.protocol) && url.username === '' ? url.href : undefined;
}

/** Returns undefined if the text is not a PostgreSQL URL; an empty text is valid. */
export function parseDatabaseUrl(text: string): string | undefined {
  if (text === '') return '';
  const url = URL.parse(text);
  if (!url || !/^postgres(?:ql)?:$/.test(url.protocol) || !(url.hostname || url.searchParams.get('host')) || !/^\/[^/@]+$/.test(url.pathname)) return undefined;
  const isEncoded = !/%(?![0-9a-f]{2})/i.test(text);
  return isEncoded && /^(?:disable|require|verify-ca|verify-full)$/.test(url.searchParams.get('sslmode') ?? 'disable') ? text : undefined;
}

/** Null for an empty text. The default ports are those of RFC 8314 (465) and RFC 6409 (587). */
function parseSmtpUrl(text: string): SmtpServer | null | undefined {
  if (text === '') return null;
  const url = URL.parse(text);
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '' || !/^\/?$/.test(url.pathname) || url.search !== '' || url.hash !== '') return undefined;
  const isSecure = url.protocol === 'smtps:';
  const [user, password] = [decode(url.username), decode(url.password)];
  if (user === undefined || password === undefined || (user === '') !== (password === '')) return undefined;
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || (isSecure ? 465 : 587), isSecure, login: user === '' ? undefined : { user, password } };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function parseSiteUrl(text: string): string | undefined {
  if (text === '') return '';
  const url = URL.parse(text);
  const plain = url && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  return plain ? url.origin : undefined;
}

function parseTrustProxy(text: string): string | number | false | undefined {
  if (text === '') return false;
  const count = parseInteger(text, 10);
  if (count !== undefined) return count;
  const named = /^(?:loopback|linklocal|uniquelocal)$/;
  const addresses = text.split(',').map((part) => part.trim());
  return addresses.every((address) => named.test(address) || isNetwork(address)) ? addresses.join(',') : undefined;
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  return family !== 0 && rest.length === 0 && (bits === undefined || parseInteger(bits, family === 4 ? 32 : 128) !== undefined);
}
