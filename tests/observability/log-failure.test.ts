import { pino } from 'pino';
import { expect, test } from 'vitest';
import { RequestError } from '../../src/errors.ts';
import { logFailure } from '../../src/observability/log-failure.ts';
import { emptySite } from '../support/test-site.ts';

test('a request that the program refuses is a warning with its reason, and a bug is an error with its stack', async () => {
  const { db, pages } = (await emptySite()).context;
  const lines: { level: number; msg: string; reason?: string; err?: { stack: string } }[] = [];
  const log = pino({ base: null }, { write: (line: string) => lines.push(JSON.parse(line)) });
  const request = { method: 'POST', originalUrl: '/admin/articles/1/previews' };
  logFailure({ log, pages, db }, new RequestError(503, 'errors.manyTexts'), 503, request);
  logFailure({ log, pages, db }, new TypeError('a bug'), 500, request);
  const [refused, failed] = lines;
  expect(refused).toMatchObject({ level: 40, msg: 'a request was refused', reason: 'The server is still processing earlier texts. Try again in a moment.', method: 'POST' });
  expect(refused?.err).toBeUndefined();
  expect(failed).toMatchObject({ level: 50, msg: 'a request failed' });
  expect(failed?.err?.stack).toContain('log-failure.test.ts');
});
