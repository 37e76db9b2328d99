import { isSettingName, type SettingName, type Settings } from '../../content/site/settings.ts';
import type { Messages } from '../../messages/messages.ts';
import { settingLabels } from './setting-labels.ts';
import { readSeenSettings } from './settings-form.ts';

/** The value of a setting as text for people; empty if the setting is empty. */
export function showSetting({ text, language }: Messages, settings: Settings, name: SettingName): string {
  const value = settings[name];
  if (typeof value === 'boolean') return text(value ? 'newsroomSettings.on' : 'newsroomSettings.off');
  if (typeof value !== 'string') return new Intl.ListFormat(language).format(value.map((account) => `${account.name} (${account.url})`));
  return name === 'sharePicture' && value !== '' ? text('newsroomSettings.pictureNumber', { id: value }) : value;
}

/** Describes a change of settings from `detail` of its entry in the audit log: `NAME [BEFORE,AFTER]`, or, in entries of earlier versions, the names of the settings. */
export function showSettingsChange(messages: Messages, detail: string): string {
  const [, name = '', values = '[]'] = /^(\S+) (\[.*\])$/.exec(detail) ?? [];
  if (!isSettingName(name)) return listNames(messages, detail.split(' '));
  const pair: unknown = JSON.parse(values);
  const [before, after] = Array.isArray(pair) ? pair.map((value: unknown) => readSeenSettings(JSON.stringify({ [name]: value }))) : [];
  if (!before || !after) return messages.text(settingLabels[name]);
  const show = (settings: Settings) => showSetting(messages, settings, name) || messages.text('newsroomSettings.nothing');
  return messages.text('newsroomSettings.change', { setting: messages.text(settingLabels[name]), before: show(before), after: show(after) });
}

function listNames({ text, language }: Messages, names: string[]): string {
  return new Intl.ListFormat(language).format(names.map((name) => (isSettingName(name) ? text(settingLabels[name]) : name)));
}
