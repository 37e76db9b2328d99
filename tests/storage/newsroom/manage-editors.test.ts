import { expect, test } from 'vitest';
import { resetPasswordAsSeen, removeSecondFactorAsSeen } from '../../../src/storage/newsroom/manage-editors.ts';
import { makeEditor } from '../../support/admin.ts';
import { dumpDatabase, emptySite } from '../../support/test-site.ts';

test('of two administrators who reset the same password or remove the same second factor at once, the second one changes nothing', async () => {
  const site = await emptySite();
  const { db, clock } = site.context;
  const [one, two, eve] = [await makeEditor(site, { role: 'administrator' }), await makeEditor(site, { role: 'administrator' }), await makeEditor(site, { role: 'editor' })];
  await db.writer.insertInto('passkey').values({ credential_id: 'x', editor_id: eve.id, public_key: new Uint8Array(1), counter: 0, name: 'Phone', created_at: clock(), used_at: null }).execute();
  const outcomes = await Promise.all([one, two].map(({ id }) => removeSecondFactorAsSeen(db, eve.id, '-1', clock(), id)));
  expect(outcomes.filter((outcome) => 'refused' in outcome)).toEqual([{ refused: 'conflict' }]);
  const resets = await Promise.all([one, two].map(({ id }) => resetPasswordAsSeen(db, eve.id, 'active', clock(), id)));
  expect(resets.filter((outcome) => 'refused' in outcome)).toEqual([{ refused: 'conflict' }]);
  const before = await dumpDatabase(site);
  for (const seen of ['active', 'disabled', '']) expect(await resetPasswordAsSeen(db, eve.id, seen, clock(), one.id)).toEqual({ refused: 'conflict' });
  expect(await dumpDatabase(site)).toBe(before);
});
