import { linkDays } from '../../content/accounts/link-lifetimes.ts';
import { readRowId } from '../../content/articles/id.ts';
import type { Context } from '../../context.ts';
import { RequestError } from '../../errors.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import { findListedEditor, type ListedEditor } from '../../storage/newsroom/editors.ts';
import { findSecondFactor } from '../../storage/second-factor/second-factor.ts';
import { admin } from '../../urls.ts';
import { roleNames } from '../accounts/account.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { noticeOf } from '../notice.ts';
import { showEditorForm, type EditorForm, type EditorProblem } from './editor-form.ts';
import { showSecondFactor } from './shown-second-factor.ts';
import { showState } from './shown-state.ts';

const notices = { details: 'newsroomEditors.afterDetails', 'sign-out': 'newsroomEditors.afterSignOut', disable: 'newsroomEditors.afterDisabling', 'second-factor-removal': 'newsroomEditors.afterSecondFactorRemoval' } as const satisfies Record<string, MessageKey>;

/** An account, and what an administrator can do with it. */
export async function editorPage(context: Context, request: EditorRequest): Promise<ActionResult> {
  return showEditor(context, request, await requireEditor(context, request), {});
}

/** @throws RequestError (404) if there is no such account */
export async function requireEditor({ db }: Context, { params }: EditorRequest): Promise<ListedEditor> {
  const editor = await findListedEditor(db.reader, readRowId(params['editor']));
  if (!editor) throw new RequestError(404, 'errors.noEditor');
  return editor;
}

/** What was typed into a refused form, and why it was refused. */
interface Refused {
  status?: 409 | 422;
  problems?: EditorProblem[];
  form?: EditorForm;
  /** The values that the administrator saw. */
  seen?: EditorForm;
  /** What somebody else has changed in the meantime. */
  conflict?: (keyof EditorForm)[];
}

export async function showEditor({ db }: Context, request: EditorRequest, editor: ListedEditor, { status, problems = [], form = editor, seen = editor, conflict }: Refused): Promise<ActionResult> {
  const { editor: administrator, messages, times, now } = request;
  const { text } = messages;
  const { id, name, email, state, seenAt } = editor;
  const labels = { name: text('newsroomEditors.name'), email: text('newsroomEditors.email'), role: text('newsroomEditors.role') };
  const values = { name, email, role: text(roleNames[editor.role]) };
  return {
    status: status ?? 200,
    view: 'editors/editor',
    data: {
      title: name,
      section: 'editors',
      notice: status === undefined ? noticeFor(request, editor) : undefined,
      problems: problems.map(({ field, problem }) => ({ field, message: messages.of(problem) })),
      conflict: conflict?.map((field) => ({ label: labels[field], value: values[field] })),
      state,
      stateWords: showState(editor, now, messages),
      seenAt: seenAt === null ? undefined : times.date(seenAt),
      secondFactor: showSecondFactor(await findSecondFactor(db.reader, id), messages),
      isYou: id === administrator.id,
      form: showEditorForm(form, messages),
      seen: { name: seen.name, email: seen.email, role: seen.role },
      editorsPath: admin.editors,
      detailsAt: admin.ofEditor(id, 'details'),
      linkDays,
      linkAt: admin.ofEditor(id, 'link'),
      signOutAt: admin.ofEditor(id, 'sign-out'),
      secondFactorRemovalAt: admin.ofEditor(id, 'second-factor-removal'),
      disableAt: admin.ofEditor(id, 'disable'),
      enableAt: admin.ofEditor(id, 'enable'),
    },
  };
}

function noticeFor(request: EditorRequest, { state }: ListedEditor): string | undefined {
  return noticeOf(request, { ...notices, enable: state === 'invited' ? 'newsroomEditors.afterEnablingInvited' : 'newsroomEditors.afterEnabling' });
}
