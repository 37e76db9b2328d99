import { parseEmail } from '../../content/accounts/email.ts';
import { maxNameLength, nameProblem } from '../../content/accounts/name.ts';
import { roles, type Role } from '../../content/accounts/permissions.ts';
import { cleanLine } from '../../content/text/text.ts';
import type { Message, MessageKey } from '../../messages/catalogue.ts';
import type { Messages } from '../../messages/messages.ts';
import type { EditorDetails } from '../../storage/newsroom/manage-editors.ts';
import { roleNames } from '../accounts/account.ts';

/** The fields as typed. */
export interface EditorForm {
  name: string;
  email: string;
  role: string;
}

export interface EditorProblem {
  field: string;
  problem: Message;
}

export function readEditorForm(form: Record<string, string>): EditorForm {
  const { name = '', email = '', role = '' } = form;
  return { name, email, role };
}

export function parseEditorForm(form: EditorForm): { details: EditorDetails } | { problems: EditorProblem[] } {
  const name = cleanLine(form.name);
  const wrongName = nameProblem(name);
  const email = parseEmail(form.email);
  const role = roles.find((known) => known === form.role);
  const problems: EditorProblem[] = [];
  if (wrongName !== undefined) problems.push({ field: 'name', problem: wrongName === 'missing' ? { key: 'problems.nameRequired' } : { key: 'accounts.nameTooLong', values: { max: maxNameLength } } });
  if (email === undefined) problems.push({ field: 'email', problem: { key: 'accounts.emailInvalid' } });
  if (role === undefined) problems.push({ field: 'role', problem: { key: 'newsroomEditors.roleMissing' } });
  return email !== undefined && role !== undefined && problems.length === 0 ? { details: { name, email, role } } : { problems };
}

const roleHints = { administrator: 'newsroomEditors.administratorMay', editor: 'newsroomEditors.editorMay', contributor: 'newsroomEditors.contributorMay' } as const satisfies Record<Role, MessageKey>;

export function showEditorForm({ name, email, role }: EditorForm, { text }: Messages) {
  return { name, email, maxNameLength, roles: roles.map((value) => ({ value, label: text(roleNames[value]), hint: text(roleHints[value]), isChosen: value === role })) };
}
