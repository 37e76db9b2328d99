import { isDeepStrictEqual } from 'node:util';
import type { Problem } from '../../content/problem.ts';
import { readSettings, settingNames, type SettingName, type Settings } from '../../content/site/settings.ts';
import { sharePictureProblem } from '../../content/site/share-picture.ts';
import { mergeDetails } from '../../content/merge-details.ts';
import { recordChange } from '../database/changes.ts';
import { inTransaction, type Database } from '../database/database.ts';
import { preparedQuery } from '../database/prepared-query.ts';
import type { Handle } from '../database/schema.ts';
import { recordAction } from '../newsroom/audit-log.ts';
import { setPictureUses } from '../pictures/picture-uses.ts';
import { findPicture } from '../pictures/pictures.ts';

/** Each has been checked with `parseSetting`. */
export type SettingValues = Partial<Record<SettingName, unknown>>;

export async function loadSettings(db: Database): Promise<Settings> {
  const rows = await settingRows(db);
  const text = JSON.stringify(rows);
  const last = lastParsed.get(db);
  if (last?.text === text) return last.settings;
  const settings = parseStored(rows);
  lastParsed.set(db, { text, settings });
  return settings;
}

/** Every page needs the settings, and checking them takes longer than reading them. */
const lastParsed = new WeakMap<Database, { text: string; settings: Settings }>();

const settingRows = preparedQuery(querySettings);

function querySettings(db: Handle) {
  return db.selectFrom('setting').select(['name', 'value']);
}

function parseStored(rows: { name: string; value: string }[]): Settings {
  return readSettings(Object.fromEntries(rows.map(({ name, value }) => [name, JSON.parse(value)])));
}

/** Fills a new site. */
export async function saveSettings(db: Database, values: SettingValues, now: number): Promise<void> {
  if (Object.keys(values).length === 0) return;
  await inTransaction(db, (transaction) => storeSettings(transaction, values, now));
}

export interface SettingsChange {
  values: SettingValues;
  /** The settings on which the change is based. By default, the stored ones. */
  seen?: Settings;
}

/**
 * Changes settings, for an editor or for the command line (null). Leaves alone what equals the settings on which the change is
 * based. If one of the others has been changed in the meantime, nothing is saved and `conflicts` names it. The audit log contains the
 * old and the new values; no setting is secret.
 */
export async function changeSettings(db: Database, { values, seen }: SettingsChange, editorId: number | null, now: number): Promise<'saved' | { conflicts: SettingName[] } | { problem: Problem }> {
  return inTransaction(db, async (transaction) => {
    const stored = parseStored(await querySettings(transaction).execute());
    const base = seen ?? stored;
    const { merged, conflicts } = mergeDetails<Record<SettingName, unknown>>(settingNames, { seen: base, typed: { ...base, ...values }, saved: stored });
    if (conflicts.length > 0) return { conflicts };
    const changed = settingNames.filter((name) => !isDeepStrictEqual(merged[name], stored[name]));
    if (changed.includes('sharePicture') && values.sharePicture !== '') {
      const problem = await findShareProblem(transaction, Number(values.sharePicture));
      if (problem) return { problem };
    }
    if (changed.length === 0) return 'saved';
    for (const name of changed) await recordAction(transaction, { editorId, action: 'settings', detail: `${name} ${JSON.stringify([stored[name], values[name]])}` }, now);
    await storeSettings(transaction, Object.fromEntries(changed.map((name) => [name, values[name]])), now);
    return 'saved';
  });
}

async function findShareProblem(transaction: Handle, id: number): Promise<Problem | undefined> {
  return sharePictureProblem(id, await findPicture(transaction, id));
}

async function storeSettings(transaction: Handle, values: SettingValues, now: number): Promise<void> {
  const rows = Object.entries(values).map(([name, value]) => ({ name, value: JSON.stringify(value) }));
  await transaction
    .insertInto('setting')
    .values(rows)
    .onConflict((conflict) => conflict.column('name').doUpdateSet((eb) => ({ value: eb.ref('excluded.value') })))
    .execute();
  if ('sharePicture' in values) await setPictureUses(transaction, 'settings', 0, values.sharePicture ? [Number(values.sharePicture)] : []);
  await recordChange(transaction, ['settings'], now);
}
