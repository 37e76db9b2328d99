import { expect, test } from 'vitest';
import { resetPasswordAsSeen, removeSecondFactorAsSeen } from '../../../src/storage/newsroom/manage-editors.ts';
import { findSecondFactor, secondFactorVersion } from '../../../src/storage/second-factor/second-factor.ts';
import { makeEditor } from '../../support/admin.ts';
import { dumpDatabase, emptySite, type TestSite } from '../../support/test-site.ts';

async function addPasskey({ context: { db, clock } }: TestSite, editorId: number, id: string): Promise<void> {
  await db.writer.insertInto('passkey').values({ credential_id: id, editor_id: editorId, public_key: new Uint8Array(1), counter: 0, name: 'Phone', created_at: clock(), used_at: null }).execute();
}

async function versionOf({ context: { db } }: TestSite, editorId: number): Promise<string> {
  return secondFactorVersion(await findSecondFactor(db.reader, editorId));
}

test('of two administrators who reset the same password or remove the same second factor at once, the second one changes nothing', async () => {
  const site = await emptySite();
  const { db, clock } = site.context;
  const [one, two, eve] = [await makeEditor(site, { role: 'administrator' }), await makeEditor(site, { role: 'administrator' }), await makeEditor(site, { role: 'editor' })];
  await addPasskey(site, eve.id, 'x');
  const seen = await versionOf(site, eve.id);
  const outcomes = await Promise.all([one, two].map(({ id }) => removeSecondFactorAsSeen(db, eve.id, seen, clock(), id)));
  expect(outcomes.filter((outcome) => 'refused' in outcome)).toEqual([{ refused: 'conflict' }]);
  const resets = await Promise.all([one, two].map(({ id }) => resetPasswordAsSeen(db, eve.id, 'active', clock(), id)));
  expect(resets.filter((outcome) => 'refused' in outcome)).toEqual([{ refused: 'conflict' }]);
  const before = await dumpDatabase(site);
  for (const state of ['active', 'disabled', '']) expect(await resetPasswordAsSeen(db, eve.id, state, clock(), one.id)).toEqual({ refused: 'conflict' });
  expect(await dumpDatabase(site)).toBe(before);
});

test('an administrator who saw a lost passkey does not remove the one that has replaced it', async () => {
  const site = await emptySite();
  const { db, clock } = site.context;
  const [ada, eve] = [await makeEditor(site, { role: 'administrator' }), await makeEditor(site, { role: 'editor' })];
  await addPasskey(site, eve.id, 'lost');
  const seen = await versionOf(site, eve.id);
  await db.writer.deleteFrom('passkey').execute();
  site.time.now += 60_000;
  await addPasskey(site, eve.id, 'new');
  expect(await removeSecondFactorAsSeen(db, eve.id, seen, clock(), ada.id)).toEqual({ refused: 'conflict' });
  expect(await db.reader.selectFrom('passkey').select('credential_id').execute()).toEqual([{ credential_id: 'new' }]);
});
