import { parseEmail } from '../../content/accounts/email.ts';
import { passwordLimits, passwordProblem } from '../../content/accounts/password.ts';
import { cleanLine, isBlank } from '../../content/text/text.ts';
import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import type { Messages } from '../../messages/messages.ts';
import { findAccount } from '../../storage/newsroom/editors.ts';
import { setUpAccount } from '../../storage/newsroom/set-up-account.ts';
import { findSetUpLink, type SetUpLink } from '../../storage/newsroom/set-up-links.ts';
import { admin, adminPath } from '../../urls.ts';
import type { ActionResult, OpenRequest } from '../action.ts';
import { deviceCookie } from './device.ts';
import { hashPassword } from './password.ts';

interface SetUpProblem {
  field: 'name' | 'email' | 'password';
  problem: Message;
}

const maxNameLength = 100;

/** The form of a set-up link creates the first account, or sets an invited editor's password. */
export async function setUpPage({ db }: Context, request: OpenRequest): Promise<ActionResult> {
  const link = await findSetUpLink(db.reader, request.params['token'] ?? '', request.now);
  return link ? showForm(request, link, []) : linkGone(request.messages);
}

export async function setUp(context: Context, request: OpenRequest): Promise<ActionResult> {
  const { db } = context;
  const { params, form, userAgent, device, messages, now } = request;
  const token = params['token'] ?? '';
  const link = await findSetUpLink(db.reader, token, now);
  if (!link) return linkGone(messages);
  const { name, email, password, problems } = readForm(link, form);
  if (problems.length > 0) return showForm(request, link, problems);

  const outcome = await setUpAccount(db, token, { name, email, passwordHash: await hashPassword(context.hashQueue, password) }, userAgent, now);
  if ('session' in outcome) {
    const account = await findAccount(db.reader, email);
    return { seeOther: adminPath, session: outcome.session, device: account && (await deviceCookie(context, account, device)) };
  }
  return outcome.refused === 'gone' ? linkGone(messages) : showForm(request, link, [{ field: 'email', problem: { key: 'accounts.emailInUse' } }]);
}

function linkGone({ text }: Messages): ActionResult {
  return { status: 404, view: 'accounts/set-up-gone', data: { title: text('accounts.linkGone') } };
}

function readForm({ editor }: SetUpLink, form: Record<string, string>) {
  const name = editor?.name ?? cleanLine(form['name'] ?? '');
  const email = editor?.email ?? parseEmail(form['email'] ?? '');
  const password = form['password'] ?? '';
  const problems: SetUpProblem[] = [];
  if (isBlank(name)) problems.push({ field: 'name', problem: { key: 'accounts.nameMissing' } });
  else if ([...name].length > maxNameLength) problems.push({ field: 'name', problem: { key: 'accounts.nameTooLong', values: { max: maxNameLength } } });
  if (email === undefined) problems.push({ field: 'email', problem: { key: 'accounts.emailInvalid' } });
  const problem = passwordProblem(password);
  if (problem !== undefined) problems.push({ field: 'password', problem });
  return { name, email: email ?? '', password, problems };
}

function showForm({ params, form, messages }: OpenRequest, { editor }: SetUpLink, problems: SetUpProblem[]): ActionResult {
  return {
    status: problems.length > 0 ? 422 : 200,
    view: 'accounts/set-up',
    data: {
      title: messages.text(editor ? 'accounts.choosePasswordTitle' : 'accounts.firstAccount'),
      action: admin.setUp(params['token'] ?? ''),
      editor,
      name: form['name'] ?? '',
      email: form['email'] ?? '',
      minLength: passwordLimits.min,
      problems: problems.map(({ field, problem }) => ({ field, message: messages.of(problem) })),
    },
  };
}
