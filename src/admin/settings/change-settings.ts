import { isDeepStrictEqual } from 'node:util';
import { markupKey } from '../../content/markdown/markdown.ts';
import { parseSetting, settingNames, type SettingError, type SettingName, type Settings } from '../../content/site/settings.ts';
import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import type { Messages } from '../../messages/messages.ts';
import { markdownOptions } from '../../rendering/markdown-options.ts';
import { changeSettings as storeChange, loadSettings, type SettingValues } from '../../storage/site/settings.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { readSeenSettings, readSettingsForm } from './settings-form.ts';
import { showSettings, type SettingProblem } from './settings-page.ts';
import { showSetting } from './shown-settings.ts';

/** Saves the settings that differ from those with which the form was opened. Bodies that depend on them are rendered again in the background. */
export async function changeSettings(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { editor, settings, now } = request;
  const typed = readSettingsForm(request.form);
  const seen = readSeenSettings(request.form['seen']) ?? settings;
  const refuse = async (problems: SettingProblem[]) => ({ ...(await showSettings(context, request, { typed, seen, problems })), status: 422 });
  const parsed = parseSettings(typed);
  if ('problems' in parsed) return refuse(parsed.problems);
  const result = await storeChange(context.db, { values: parsed.values, seen }, editor.id, now);
  if (typeof result === 'object' && 'problem' in result) return refuse([{ field: 'sharePicture', problem: result.problem }]);
  const stored = await loadSettings(context.db);
  if (typeof result === 'object') return showConflicts(context, request, { typed, values: parsed.values, seen, stored, conflicts: result.conflicts });
  const isRendering = markupKey(markdownOptions(context, settings)) !== markupKey(markdownOptions(context, stored));
  if (isRendering) context.markupRefresh.start();
  return { seeOther: withQuery(admin.settings, { done: isRendering ? 'rendering' : 'settings' }) };
}

function parseSettings(typed: Settings): { values: SettingValues } | { problems: SettingProblem[] } {
  const values: SettingValues = {};
  const problems: SettingProblem[] = [];
  for (const name of settingNames) {
    const parsed = parseSetting(name, typed[name]);
    if ('errors' in parsed) problems.push(...parsed.errors.map((error) => ({ field: fieldOf(name, error), problem: error.problem })));
    else values[name] = parsed.value;
  }
  return problems.length > 0 ? { problems } : { values };
}

function fieldOf(name: SettingName, { path: [index, part] }: SettingError): string {
  return index === undefined ? name : `account-${String(index)}-${part === 'url' ? 'url' : 'name'}`;
}

interface Conflict {
  typed: Settings;
  values: SettingValues;
  seen: Settings;
  stored: Settings;
  conflicts: SettingName[];
}

/** The form comes back with what this editor has changed, and otherwise with the stored settings. Sending it again replaces what the other editor has set. */
async function showConflicts(context: Context, request: EditorRequest, { typed, values, seen, stored, conflicts }: Conflict): Promise<ActionResult> {
  const unchanged = settingNames.filter((name) => isDeepStrictEqual(values[name], seen[name]));
  const merged: Settings = { ...typed, ...Object.fromEntries(unchanged.map((name) => [name, stored[name]])) };
  const problems = conflicts.map((name) => ({ field: name, problem: describeConflict(request.messages, stored, name) }));
  return { ...(await showSettings(context, request, { typed: merged, seen: stored, problems })), status: 409 };
}

function describeConflict(messages: Messages, stored: Settings, name: SettingName): Message {
  const value = showSetting(messages, stored, name);
  return value === '' ? { key: 'newsroomSettings.emptiedMeanwhile' } : { key: 'newsroomSettings.changedMeanwhile', values: { value } };
}
