import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import { changeEditor } from '../../storage/newsroom/manage-editors.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { parseEditorForm, readEditorForm, type EditorForm } from './editor-form.ts';
import { requireEditor, showEditor } from './editor-page.ts';

const fields = ['name', 'email', 'role'] as const;

/** Changes the name, the email address and the role. If somebody else has changed the same fields, the form comes back with both values. */
export async function details(context: Context, request: EditorRequest): Promise<ActionResult> {
  const editor = await requireEditor(context, request);
  const form = readEditorForm(request.form);
  const seen = readSeen(request.form);
  const refuse = (field: string, key: MessageKey) => showEditor(context, request, editor, { status: 422, problems: [{ field, problem: { key } }], form, seen });

  const parsed = parseEditorForm(form);
  if ('problems' in parsed) return showEditor(context, request, editor, { status: 422, problems: parsed.problems, form, seen });
  const outcome = await changeEditor(context.db, editor.id, { details: parsed.details, seen }, request.now, request.editor.id);
  if (!('refused' in outcome)) return { seeOther: withQuery(admin.editor(editor.id), { done: 'details' }) };
  if (outcome.refused === 'email in use') return refuse('email', 'accounts.emailInUse');
  if (outcome.refused === 'last administrator') return refuse('role', 'newsroomEditors.lastAdministrator');
  if (outcome.refused === 'conflict') return showConflict(context, request, form);
  throw new RequestError(404, 'errors.noEditor');
}

function readSeen(form: Record<string, string>): EditorForm {
  return { name: form['seen-name'] ?? '', email: form['seen-email'] ?? '', role: form['seen-role'] ?? '' };
}

/** Sending the form again replaces the other administrator's values, which the page now shows. */
async function showConflict(context: Context, request: EditorRequest, form: EditorForm): Promise<ActionResult> {
  const editor = await requireEditor(context, request);
  return showEditor(context, request, editor, { status: 409, form, conflict: fields.filter((field) => form[field] !== editor[field]) });
}
