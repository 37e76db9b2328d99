import { expect, test } from 'vitest';
import { routes } from '../../src/admin/routes.ts';
import { makeEditor, signIn } from '../support/admin.ts';
import { write } from '../support/article-form.ts';
import { shortOrLong } from '../support/long.ts';
import { emptySite } from '../support/test-site.ts';

test.each(shortOrLong(['2147483648'], ['2147483648', '999999999999999', '9007199254740993']))('the number %s, which PostgreSQL’s integers can’t hold, is never a server error in the newsroom', async (number) => {
  const site = await emptySite();
  const administrator = await signIn(site, (await makeEditor(site, { role: 'administrator' })).email);
  const id = await write(administrator, 'publication');
  const query = new URLSearchParams(Object.fromEntries(['before', 'revision', 'joined', 'from', 'to', 'deleted', 'q', 'source', 'target', 'into', 'other', 'storyline', 'choice'].map((name) => [name, number])));
  const numbers = { base: number, version: number, other: number, revision: number, theirs: number, session: number, position: number, place: number, id: number, target: number, into: number, storyline: `storyline-${number}`, choice: `article-${number}`, sharePicture: number, picture: number, [`article-${number}`]: 'on' };
  for (const { method, path } of routes.filter((route) => 'needs' in route && !route.path.endsWith('/sign-out') && !route.path.endsWith('/sessions'))) {
    for (const address of [path.replace(/:\w+/, number), path.replace(/:\w+/, String(id))]) {
      const answers = method === 'get' ? [await administrator.get(`${address}?${query}`), await administrator.get(`${address}?after=${number}`), await administrator.get(`${address}?after=1-${number}`)] : [await administrator.post(address, numbers)];
      for (const { status } of answers) expect.soft(status, `${method} ${address}`).toBeLessThan(500);
    }
  }
  // If one of the requests had ended the session, those after it would have shown nothing.
  expect((await administrator.get('/admin/audit-log')).status).toBe(200);
  for (const form of [{ id: number }, { id: '' }]) expect((await administrator.post('/admin/account/sessions', form)).status).toBeLessThan(500);
});
