import { sql } from 'kysely';
import request from 'supertest';
import { expect, test } from 'vitest';
import { inTransaction } from '../../../src/storage/database/database.ts';
import { makeEditor, signIn } from '../../support/admin.ts';
import { readForm, write } from '../../support/article-form.ts';
import { onPostgres } from '../../support/postgres.ts';
import { storePicture } from '../../support/pictures.ts';
import { sampleSite, type TestSite } from '../../support/test-site.ts';

/** Makes writes fail as if the disk were full. Returns a function that undoes this. */
async function fillDisk({ context: { db } }: TestSite): Promise<() => Promise<void>> {
  const run = async (statement: string) => {
    await sql.raw(statement).execute(db.writer);
  };
  if (!onPostgres) {
    await run('pragma max_page_count = 1');
    return () => run('pragma max_page_count = 4294967294');
  }
  const tables = ['revision', 'setting', 'secret', 'sign_in_failure', 'session'];
  await run("create function refuse() returns trigger language plpgsql as $$ begin raise exception 'No space left on device' using errcode = '53100'; end $$");
  for (const table of tables) await run(`create trigger refuse before insert or update on ${table} execute function refuse()`);
  return async () => {
    for (const table of tables) await run(`drop trigger refuse on ${table}`);
  };
}

const longText = { title: 'A “long” one', standfirst: 'A standfirst', pictureAlt: 'A harbour', pictureCaption: '*At dusk*', body: `First line.\n\n${'Text that must not be lost. '.repeat(40_000)}` };

test('while the disk is full, a save says so and returns the text; saving works again once there is room', async () => {
  const site = await sampleSite();
  const editor = await signIn(site, (await makeEditor(site, { role: 'editor' })).email);
  const form: Record<string, string> = { ...readForm((await editor.get('/admin/articles/new')).text), theme: 'World', picture: String(await storePicture(site)), ...longText };
  const makeRoom = await fillDisk(site);

  const answer = await editor.post(`/admin/articles/${form['uid']}/publication`, form);
  expect(answer.status).toBe(503);
  expect(answer.text).toContain('The server’s disk is full');
  expect(answer.text).toContain('Your text is still here');
  expect(readForm(answer.text)).toEqual(form);
  const autosave = await editor.post(`/admin/articles/${form['uid']}/autosave`, form).set('Accept', 'application/json');
  expect([autosave.status, autosave.body]).toEqual([503, { problem: 'The server’s disk is full. The server can’t save anything until this is fixed.' }]);
  const health = await request(site.app).get('/health');
  expect([health.status, health.body]).toEqual([503, { process: 'ok', database: 'unavailable', reason: 'The server’s disk is full' }]);

  await makeRoom();
  expect((await request(site.app).get('/health')).body).toEqual({ process: 'ok', database: 'ok' });
  expect((await editor.post(`/admin/articles/${form['uid']}/publication`, form)).status).toBe(303);
});

test('while the disk is full, pages can still be read, even by an editor whose last request was long ago', async () => {
  const site = await sampleSite();
  const editor = await signIn(site, (await makeEditor(site, { role: 'editor' })).email);
  const id = await write(editor, 'draft', { title: 'Kept' });
  await fillDisk(site);
  site.time.now += 3_600_000;
  const page = await editor.get(`/admin/articles/${id}`);
  expect([page.status, readForm(page.text)['title']]).toEqual([200, 'Kept']);
  expect((await request(site.app).get('/')).status).toBe(200);
});

test('the first error of a failed write is the one that is reported', async () => {
  const site = await sampleSite();
  const { db } = site.context;
  await fillDisk(site);
  const failing = inTransaction(db, async (transaction) => {
    await transaction.insertInto('setting').values({ name: 'long', value: JSON.stringify('x'.repeat(1_000_000)) }).execute();
  });
  await expect(failing).rejects.toMatchObject({ code: onPostgres ? '53100' : 'SQLITE_FULL' });
  expect(db.state.fault?.trouble).toBe('full');
});
