import type { Context } from '../../context.ts';
import { listEditors, type ListedEditor } from '../../storage/newsroom/editors.ts';
import { admin } from '../../urls.ts';
import { roleNames } from '../accounts/account.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { readEditorForm, showEditorForm, type EditorProblem } from './editor-form.ts';
import { showState } from './shown-state.ts';

/** The accounts of the newsroom, and the form for inviting an editor. */
export async function editorsPage(context: Context, request: EditorRequest): Promise<ActionResult> {
  return showEditors(context, request, []);
}

export async function showEditors({ db, mailer }: Context, request: EditorRequest, problems: EditorProblem[]): Promise<ActionResult> {
  const { form, messages } = request;
  const editors = await listEditors(db.reader);
  return {
    status: problems.length > 0 ? 422 : 200,
    view: 'editors/editors',
    data: {
      title: messages.text('newsroom.editors'),
      section: 'editors',
      problems: problems.map(({ field, problem }) => ({ field, message: messages.of(problem) })),
      editors: editors.map((editor) => showEditor(editor, request)),
      inviteAt: admin.editors,
      canMail: mailer !== undefined,
      form: showEditorForm(readEditorForm(form), messages),
    },
  };
}

function showEditor(listed: ListedEditor, { editor, messages, times, now }: EditorRequest) {
  const { id, name, email, role, seenAt } = listed;
  return { href: admin.editor(id), name, email, role: messages.text(roleNames[role]), state: showState(listed, now, messages), seen: seenAt === null ? undefined : times.date(seenAt), isYou: id === editor.id };
}
