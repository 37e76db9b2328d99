import type { Context } from '../../context.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { readSeenSettings, readSettingsForm } from './settings-form.ts';
import { showSettings } from './settings-page.ts';

/** The form with settings that were sent without a session. */
export async function pendingSettings(context: Context, request: EditorRequest): Promise<ActionResult> {
  const { form, messages, settings } = request;
  return showSettings(context, request, { typed: readSettingsForm(form), seen: readSeenSettings(form['seen']) ?? settings, notice: messages.text('newsroomSettings.pending') });
}
