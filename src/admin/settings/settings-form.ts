import { readSettings, settingLimits, type Settings } from '../../content/site/settings.ts';
import type { MessageKey } from '../../messages/catalogue.ts';

/** Explain the settings that are on or off. */
export const switchHints = {
  smartTypography: 'newsroomSettings.smartTypographyHint',
  publicHistory: 'newsroomSettings.publicHistoryHint',
  secondFactorRequired: 'newsroomSettings.secondFactorRequiredHint',
} as const satisfies Record<SwitchName, MessageKey>;

export type SwitchName = { [Name in keyof Settings]: Settings[Name] extends boolean ? Name : never }[keyof Settings];

/** Unvalidated. Accounts without a name and an address are left out. */
export function readSettingsForm(posted: Record<string, string | undefined>): Settings {
  const text = (name: string) => posted[name] ?? '';
  const isOn = (name: SwitchName) => posted[name] === '1';
  return {
    name: text('name'),
    tagline: text('tagline'),
    description: text('description'),
    language: text('language').trim(),
    zone: text('zone').trim(),
    copyright: text('copyright'),
    followUs: readAccounts(text),
    sharePicture: text('sharePicture'),
    smartTypography: isOn('smartTypography'),
    publicHistory: isOn('publicHistory'),
    secondFactorRequired: isOn('secondFactorRequired'),
  };
}

/** Empty rows for more accounts. */
const spareRows = 3;

export function accountRows({ followUs }: Settings): { name: string; url: string }[] {
  const count = Math.max(followUs.length, Math.min(followUs.length + spareRows, settingLimits.accounts));
  return Array.from({ length: count }, (_, index) => followUs[index] ?? { name: '', url: '' });
}

/** Rows beyond the limit are read too, so that the form can come back with what was typed. */
const maxRows = settingLimits.accounts + spareRows;

function readAccounts(text: (name: string) => string): { name: string; url: string }[] {
  const rows = Array.from({ length: maxRows }, (_, index) => ({ name: text(`account-${index}-name`).trim(), url: text(`account-${index}-url`).trim() }));
  return rows.filter(({ name, url }) => name !== '' || url !== '');
}

/** The settings with which the form was opened; undefined if they can't be read. */
export function readSeenSettings(json: string | undefined): Settings | undefined {
  try {
    return readSettings(JSON.parse(json ?? ''));
  } catch {
    return undefined;
  }
}
