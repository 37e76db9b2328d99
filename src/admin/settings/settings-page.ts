import { settingLimits, type Settings } from '../../content/site/settings.ts';
import { sharePictureSizes } from '../../content/site/share-picture.ts';
import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import type { Messages } from '../../messages/messages.ts';
import { admin } from '../../urls.ts';
import type { ActionResult, EditorRequest, ViewResult } from '../action.ts';
import { chosenImage, pictureUploads } from '../pictures/picture-field.ts';
import { settingLabels } from './setting-labels.ts';
import { accountRows, switchHints, type SwitchName } from './settings-form.ts';
import { suggestedLanguages, zones } from './suggestions.ts';

export async function settingsPage(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { messages: { text }, query, settings } = request;
  const notice = query['done'] === 'rendering' ? text('newsroomSettings.rendering') : query['done'] === 'settings' ? text('newsroomSettings.saved') : undefined;
  return showSettings(context, request, { typed: settings, seen: settings, notice });
}

export interface SettingProblem {
  /** The name of a setting, or `account-1-url`. */
  field: string;
  problem: Message;
}

interface SettingsParts {
  typed: Settings;
  /** The settings on which the form is based. */
  seen: Settings;
  problems?: SettingProblem[];
  notice?: string | undefined;
}

export async function showSettings(context: Context, request: EditorRequest, { typed, seen, problems = [], notice }: SettingsParts): Promise<ViewResult> {
  const { messages } = request;
  const { text } = messages;
  const faults = new Map(problems.map(({ field, problem }) => [field, messages.of(problem)]));
  const line = (name: 'name' | 'tagline' | 'description' | 'copyright', count: string) => ({ id: `setting_${name}`, name, label: text(settingLabels[name]), value: typed[name], count, limit: settingLimits[name], problem: faults.get(name) });
  const onOrOff = (name: SwitchName) => ({ name, label: text(settingLabels[name]), hint: text(switchHints[name]), isOn: typed[name] });
  return {
    view: 'settings/settings',
    data: {
      title: text('newsroom.settings'),
      section: 'settings',
      notice,
      problems: problems.map(({ field, problem }) => ({ field: `setting_${field}`, message: text('problems.ofField', { field: fieldLabel(messages, field), problem: messages.of(problem) }) })),
      seen: JSON.stringify(seen),
      path: admin.settings,
      lines: {
        name: line('name', text('newsroomSettings.nameHint', { limit: settingLimits.name })),
        tagline: line('tagline', text('newsroomSettings.taglineHint', { limit: settingLimits.tagline })),
        description: line('description', text('newsroomSettings.descriptionHint', { limit: settingLimits.description })),
        copyright: line('copyright', text('newsroomSettings.copyrightHint', { limit: settingLimits.copyright })),
        language: { id: 'setting_language', name: 'language', label: text(settingLabels.language), value: typed.language, hint: text('newsroomSettings.languageHint'), list: 'languages', problem: faults.get('language') },
        zone: { id: 'setting_zone', name: 'zone', label: text(settingLabels.zone), value: typed.zone, hint: text('newsroomSettings.zoneHint'), list: 'zones', problem: faults.get('zone') },
      },
      accounts: accountRows(typed).map(({ name, url }, index) => [
        { id: `setting_account-${index}-name`, name: `account-${index}-name`, label: text('newsroomSettings.accountName', { number: index + 1 }), value: name, problem: faults.get(`account-${index}-name`) },
        { id: `setting_account-${index}-url`, name: `account-${index}-url`, label: text('newsroomSettings.accountUrl', { number: index + 1 }), value: url, isAddress: true, problem: faults.get(`account-${index}-url`) },
      ]),
      accountsProblem: faults.get('followUs'),
      sharePicture: typed.sharePicture,
      image: await chosenImage(context, request, typed.sharePicture, thumbnailWidth),
      sharePictureHint: text('newsroomSettings.sharePictureHint', sharePictureSizes),
      pictureProblem: faults.get('sharePicture'),
      picture: pictureUploads,
      switches: { smartTypography: onOrOff('smartTypography'), publicHistory: onOrOff('publicHistory'), secondFactorRequired: onOrOff('secondFactorRequired') },
      languages: suggestedLanguages(messages.language),
      zones: zones(),
    },
  };
}

/** In CSS pixels. */
const thumbnailWidth = 320;

function fieldLabel({ text }: Messages, field: string): string {
  const [, index, part] = /^account-(\d+)-(name|url)$/.exec(field) ?? [];
  if (index !== undefined) return text(part === 'name' ? 'newsroomSettings.accountName' : 'newsroomSettings.accountUrl', { number: Number(index) + 1 });
  return isLabelled(field) ? text(settingLabels[field]) : field;
}

function isLabelled(field: string): field is keyof typeof settingLabels {
  return Object.hasOwn(settingLabels, field);
}
