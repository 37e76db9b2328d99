import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { localAddress, readConfig } from '../src/config.ts';
import { OperatorError } from '../src/errors.ts';

const projectFolder = fileURLToPath(new URL('../', import.meta.url));

test('every setting has a default', () => {
  expect(readConfig({})).toEqual({
    port: 3000,
    host: '127.0.0.1',
    dataDir: path.join(projectFolder, 'data'),
    siteUrl: 'http://127.0.0.1:3000',
    databaseUrl: '',
    databasePool: 10,
    databaseTimeout: 10_000,
    staleMax: 3_600_000,
    logLevel: 'info',
    trustProxy: false,
    workers: 1,
    cdnPurgeUrl: '',
    cdnPurgeToken: '',
    pageCacheSize: 64_000_000,
    smtp: null,
    mailFrom: '',
  });
});

test('a setting that is empty or blank has its default', () => {
  expect(readConfig({ PORT: '', HOST: '  ', SITE_URL: '', DATA_DIR: '', LOG_LEVEL: ' ', TRUST_PROXY: '', WORKERS: '', PAGE_CACHE_MB: '' })).toEqual(readConfig({}));
});

test('settings are read from the environment', () => {
  expect(readConfig({ PORT: ' 80 ', HOST: '0.0.0.0', DATA_DIR: '/srv/news', SITE_URL: 'https://News.example/', DATABASE_URL: 'postgres://db/site?sslmode=require', DATABASE_POOL: '5', DATABASE_TIMEOUT: '3', STALE_MAX: '60', LOG_LEVEL: 'debug', TRUST_PROXY: '1', WORKERS: '4', CDN_PURGE_URL: ' https://cdn.example/purge ', CDN_PURGE_TOKEN: 'secret', PAGE_CACHE_MB: '8', SMTP_URL: 'smtps://me%40news.example:p%3A%2F@mail.example', MAIL_FROM: ' newsroom@news.example ' })).toEqual({
    port: 80,
    host: '0.0.0.0',
    dataDir: '/srv/news',
    siteUrl: 'https://news.example',
    databaseUrl: 'postgres://db/site?sslmode=require',
    databasePool: 5,
    databaseTimeout: 3000,
    staleMax: 60_000,
    logLevel: 'debug',
    trustProxy: 1,
    workers: 4,
    cdnPurgeUrl: 'https://cdn.example/purge',
    cdnPurgeToken: 'secret',
    pageCacheSize: 8_000_000,
    smtp: { host: 'mail.example', port: 465, isSecure: true, login: { user: 'me@news.example', password: 'p:/' } },
    mailFrom: 'newsroom@news.example',
  });
});

test('a relative DATA_DIR is below the project, wherever the program is started', () => {
  expect(readConfig({ DATA_DIR: 'other/place' }).dataDir).toBe(path.join(projectFolder, 'other/place'));
});

test.each([
  ['PORT', 'http', 'a port number from 0 to 65535 (0 picks any free port)'],
  ['PORT', '-1', 'a port number from 0 to 65535 (0 picks any free port)'],
  ['PORT', '65536', 'a port number from 0 to 65535 (0 picks any free port)'],
  ['PORT', '80.5', 'a port number from 0 to 65535 (0 picks any free port)'],
  ['HOST', 'two words', 'an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of its addresses'],
  ['HOST', 'http://127.0.0.1', 'an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of its addresses'],
  ['SITE_URL', 'news.example', "the site's public URL, such as https://news.example, without a path"],
  ['SITE_URL', 'https://news.example/paper', "the site's public URL, such as https://news.example, without a path"],
  ['SITE_URL', 'https://news.example/?q', "the site's public URL, such as https://news.example, without a path"],
  ['SITE_URL', 'ftp://news.example', "the site's public URL, such as https://news.example, without a path"],
  ['SITE_URL', 'https://me@news.example', "the site's public URL, such as https://news.example, without a path"],
  ['LOG_LEVEL', 'loud', 'one of trace, debug, info, warn, error, fatal, silent'],
  ['CDN_PURGE_URL', 'cdn.example', 'the URL to which purge requests are sent, such as https://api.fastly.com/service/ID/purge, without a user name'],
  ['MAIL_FROM', 'The newsroom', 'the address that the site sends email from, such as newsroom@news.example'],
  ['WORKERS', '0', 'the number of processes that serve the site, from 1 to 64'],
  ['PAGE_CACHE_MB', '64M', 'the memory for cached pages in each process, in megabytes from 0 (no cache) to 65535'],
  ['TRUST_PROXY', 'true', 'the number of proxies in front of the site (0 to 10), or their addresses, separated by commas'],
  ['TRUST_PROXY', '11', 'the number of proxies in front of the site (0 to 10), or their addresses, separated by commas'],
  ['TRUST_PROXY', '10.0.0.0/33', 'the number of proxies in front of the site (0 to 10), or their addresses, separated by commas'],
])('%s=%s is not valid, and the message says what was given and what is expected', (variable, given, expected) => {
  expect(() => readConfig({ [variable]: given })).toThrow(new OperatorError(`${variable}=${given.replace('//me@', '//…@')} is not valid. Expected ${expected}.`));
});

test('SMTP_URL needs no user, and has the ports of the standards by default', () => {
  const read = (text: string) => readConfig({ SMTP_URL: text, MAIL_FROM: 'a@b.example' }).smtp;
  expect(read('smtp://mail.example')).toEqual({ host: 'mail.example', port: 587, isSecure: false, login: undefined });
  expect(read('smtp://[::1]:25/')).toEqual({ host: '::1', port: 25, isSecure: false, login: undefined });
});

test.each(['mail.example', 'http://me:hush@mail.example', 'smtp://', 'smtp://me@mail.example', 'smtp://:hush@mail.example', 'smtp://me:hu/sh@mail.example', 'smtp://me:hush%zz@mail.example', 'smtps://me:hush@mail.example/path', 'smtps://me:hush@mail.example?pool=true'])('SMTP_URL=%s is not valid, and the message does not contain it', (given) => {
  expect(() => readConfig({ SMTP_URL: given })).toThrow(/^SMTP_URL=… is not valid\. Expected the URL of a mail server, such as /);
});

test('MAIL_FROM is needed with SMTP_URL', () => {
  expect(() => readConfig({ SMTP_URL: 'smtp://me:hush@mail.example' })).toThrow(new OperatorError('MAIL_FROM is missing. With SMTP_URL, it has to be the address that the site sends email from, such as newsroom@news.example.'));
});

test('TRUST_PROXY is a number of proxies or a list of addresses and networks', () => {
  const read = (text: string) => readConfig({ TRUST_PROXY: text }).trustProxy;
  expect([read('0'), read('2'), read('loopback'), read('10.0.0.1, 192.168.0.0/16,::1')]).toEqual([0, 2, 'loopback', '10.0.0.1,192.168.0.0/16,::1']);
});

test('the site’s own address follows from host and port, as a browser on this machine can reach it', () => {
  expect([localAddress('127.0.0.1', 3000), localAddress('0.0.0.0', 3000), localAddress('::', 8080), localAddress('::1', 8080), localAddress('localhost', 80)]).toEqual([
    'http://127.0.0.1:3000',
    'http://127.0.0.1:3000',
    'http://127.0.0.1:8080',
    'http://[::1]:8080',
    'http://localhost',
  ]);
});
