import request from 'supertest';
import { expect, test } from 'vitest';
import { element, elements, text } from '../../support/html.ts';
import { onPostgres } from '../../support/postgres.ts';
import { emptySite, sampleSite } from '../../support/test-site.ts';

test('the page for unknown addresses has a search form and the latest articles', async () => {
  const { app } = await sampleSite();
  const { status, text: html } = await request(app).get('/nothing/here');
  expect(status).toBe(404);
  expect(text(element(html, 'h1'))).toBe('Page not found');
  expect(elements(html, 'input', { id: 'search_words' })).toHaveLength(1);
  expect(elements(html, 'ul', { class: 'dated-list' })).toHaveLength(1);
  expect(element(html, 'meta', { name: 'robots' }).attribs['content']).toBe('noindex');
});

test('an internal error answers 500 with a styled page that reveals no details', async () => {
  const { app, context } = await emptySite();
  await context.db.writer.schema.alterTable('article').renameTo('gone').execute();
  const { status, text: html, headers } = await request(app).get('/');
  expect(status).toBe(500);
  expect(text(element(html, 'h1'))).toBe('Something went wrong');
  expect(html).not.toMatch(/no such table|does not exist|sqlite|at .*\.ts/i);
  expect(html).toContain('rel="stylesheet"');
  expect(headers['cache-control']).toBe('no-store');
});

test('while the database is locked, pages answer 503 with Retry-After', async () => {
  const { app, context } = await emptySite();
  Object.defineProperty(context, 'clock', {
    value: () => {
      throw Object.assign(new Error('database is locked'), { code: onPostgres ? '55P03' : 'SQLITE_BUSY' });
    },
  });
  const { status, text: html, headers } = await request(app).get('/');
  expect([status, headers['retry-after']]).toEqual([503, '30']);
  expect(text(element(html, 'h1'))).toBe('Temporarily unavailable');
});

test('/health reports the process and the database separately', async () => {
  const { app, context } = await emptySite();
  const healthy = await request(app).get('/health');
  expect([healthy.status, healthy.body, healthy.headers['cache-control']]).toEqual([200, { process: 'ok', database: 'ok' }, 'no-store']);
  await context.db.close();
  const failing = await request(app).get('/health');
  expect([failing.status, failing.body]).toEqual([503, { process: 'ok', database: 'unavailable', reason: 'The database is not responding' }]);
});
