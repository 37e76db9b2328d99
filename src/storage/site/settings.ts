import { readSettings, type SettingName, type Settings } from '../../content/site/settings.ts';
import { recordChange } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';
import { setPictureUses } from '../pictures/picture-uses.ts';

export async function loadSettings(db: Database): Promise<Settings> {
  const rows = await db.reader.selectFrom('setting').select(['name', 'value']).execute();
  return readSettings(Object.fromEntries(rows.map(({ name, value }) => [name, JSON.parse(value)])));
}

/** Values must have been checked with `parseSetting`. */
export async function saveSettings(db: Database, values: Partial<Record<SettingName, unknown>>, now: number): Promise<void> {
  const rows = Object.entries(values).map(([name, value]) => ({ name, value: JSON.stringify(value) }));
  if (rows.length === 0) return;
  await inTransaction(db, async (transaction) => {
    await transaction
      .insertInto('setting')
      .values(rows)
      .onConflict((conflict) => conflict.column('name').doUpdateSet((eb) => ({ value: eb.ref('excluded.value') })))
      .execute();
    if ('sharePicture' in values) await setPictureUses(transaction, 'settings', 0, values.sharePicture ? [Number(values.sharePicture)] : []);
    await recordChange(transaction, ['settings'], now);
  });
}
