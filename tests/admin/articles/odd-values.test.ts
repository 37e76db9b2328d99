import { expect, test } from 'vitest';
import type { AdminRoute } from '../../../src/admin/action.ts';
import { routes } from '../../../src/admin/routes.ts';
import { articleFields } from '../../../src/content/articles/article-form.ts';
import { browser, makeEditor, signIn, type Browser } from '../../support/admin.ts';
import { change, write } from '../../support/article-form.ts';
import { isLong } from '../../support/long.ts';
import { onPostgres } from '../../support/postgres.ts';
import { copiesOf } from '../../support/test-site.ts';

const odd = ['', ' ', "' or 1=1 --", '"; drop table article; --', '%_*()\\', 'NEAR(a b)', '\u0000\u0007', '\u202e🏴󠁧󠁢󠁳󠁣󠁴󠁿\u{10ffff}', '__proto__', '-1', '0x1', '1e3', '1e400', 'Infinity', 'NaN', '9007199254740993', '99999999999999999999', '1.5', '2025-02-30T25:61', '+09:99', 'a\nb', '../../x', 'x'.repeat(400)];

// On PostgreSQL, only the values that it treats differently from SQLite: numbers, and characters that it refuses.
const tried = onPostgres ? odd.filter((value) => /^[\d+.x-]+$|e\d|N|\u0000/.test(value)) : odd;

const names = [...articleFields, 'uid', 'base', 'minor', 'recovered', 'beside', 'revision', 'joined', 'done', 'from', 'to', 'before', 'after', 'q', 'status', 'author', 'mine', 'theirs', 'title-0', 'reason', 'email', 'password', 'current', 'next', 'name', 'session', 'everywhere', 'role', 'state', 'seen-name'];

const leavesSession = (path: string) => /sign-out|sessions/.test(path);

const stayingRoutes = routes.filter(({ path }) => !leavesSession(path));

/** In the short form, each value is tried at every third route. */
function valuesFor(index: number): string[] {
  return isLong ? tried : tried.filter((_, number) => number % 3 === index % 3);
}

test('no page of the newsroom answers with a server error, whatever its query values', async () => {
  const newsroom = await openNewsroom();
  for (const [index, route] of stayingRoutes.filter(({ method }) => method === 'get').entries()) await tryOddValues(newsroom, route, valuesFor(index));
});

// Each request changes something, so each route gets its own newsroom.
test.each(stayingRoutes.filter(({ method }) => method !== 'get').map((route, index) => ({ ...route, index })))('$method $path never answers with a server error, whatever is sent', async ({ index, ...route }) => {
  await tryOddValues(await openNewsroom(), route, valuesFor(index));
});

const openCopy = copiesOf(async (site) => {
  const editor = await signIn(site, (await makeEditor(site, { role: 'administrator' })).email);
  const id = await write(editor, 'publication');
  await change(editor, id, 'draft', { body: 'Second' });
  return { cookie: editor.cookie, id };
});

async function openNewsroom(): Promise<{ editor: Browser; id: number }> {
  const { site, made: { cookie, id } } = await openCopy();
  return { editor: browser(site, cookie), id };
}

async function tryOddValues({ editor, id }: { editor: Browser; id: number }, { method, path }: AdminRoute, values: string[]): Promise<void> {
  for (const value of values) {
    const address = path.replace(':id', String(id)).replace(/:(?:storyline|theme|topic|author|editor|page)\b/, '1').replace(':token', encodeURIComponent(value) || 'none');
    for (const fields of [Object.fromEntries(names.map((name) => [name, value])), { title: 'A Title', base: value, revision: value, from: value, to: '1', mine: '1', theirs: '1' }]) {
      const answer = method === 'get' ? await editor.get(`${address}?${new URLSearchParams(fields)}`) : await editor.post(address, fields);
      expect(answer.status, `${value.slice(0, 30)} at ${address}`).toBeLessThan(500);
    }
  }
}
