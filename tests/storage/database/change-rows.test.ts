import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { loadSettings, saveSettings } from '../../../src/storage/site/settings.ts';
import { makeEditor, signIn } from '../../support/admin.ts';
import { change, open, write } from '../../support/article-form.ts';
import { onPostgres } from '../../support/postgres.ts';
import { now, sampleSite, stored, type TestSite } from '../../support/test-site.ts';

/** Makes the database reject rows of the change feed. */
async function refuseChanges({ context: { db } }: TestSite): Promise<void> {
  const statements = onPostgres
    ? ["create function refuse() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$", 'create trigger refuse before insert on change execute function refuse()']
    : ["create trigger refuse before insert on change begin select raise(abort, 'refused'); end"];
  for (const statement of statements) await sql.raw(statement).execute(db.writer);
}

test('a write fails if its change row can’t be written, because both are in one transaction', async () => {
  const site = await sampleSite();
  const editor = await signIn(site, (await makeEditor(site, { role: 'editor' })).email);
  const id = await write(editor, 'publication', { title: 'As it was' });
  const { name } = await loadSettings(site.context.db);
  const published = () => stored(site, `select title, public_at, withdrawn_at from article where id = ${id}`);
  const before = await published();
  await refuseChanges(site);

  await expect(saveSettings(site.context.db, { name: 'Another' }, now)).rejects.toThrow('refused');
  expect((await loadSettings(site.context.db)).name).toBe(name);
  expect((await change(editor, id, 'publication', { title: 'Changed' })).status).toBe(500);
  expect((await editor.post(`/admin/articles/${id}/withdrawal`, { version: (await open(editor, id))['base'] ?? '', reason: 'Wrong' })).status).toBe(500);
  expect(await published()).toEqual(before);
});
