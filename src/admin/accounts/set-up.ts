import { parseEmail } from '../../content/accounts/email.ts';
import { maxNameLength, nameProblem } from '../../content/accounts/name.ts';
import { passwordLimits, passwordProblem } from '../../content/accounts/password.ts';
import { cleanLine } from '../../content/text/text.ts';
import type { Context } from '../../context.ts';
import type { Message } from '../../messages/catalogue.ts';
import type { Messages } from '../../messages/messages.ts';
import { findAccount } from '../../storage/newsroom/editors.ts';
import { replaceForgottenPassword } from '../../storage/newsroom/forgotten-password.ts';
import { setUpAccount } from '../../storage/newsroom/set-up-account.ts';
import { findSetUpLink, type SetUpLink } from '../../storage/newsroom/set-up-links.ts';
import { admin, adminPath, withQuery } from '../../urls.ts';
import type { ActionResult, OpenRequest } from '../action.ts';
import { beginSecondStep } from '../second-factor/second-step.ts';
import { deviceCookie } from './device.ts';
import { hashPassword } from './password.ts';

interface SetUpProblem {
  field: 'name' | 'email' | 'password';
  problem: Message;
}

/** The form of a set-up link creates the first account, or sets the password of an editor who was invited or has forgotten it. */
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

  const passwordHash = await hashPassword(context.hashQueue, password);
  if (link.editor?.hasPassword) {
    const isReplaced = await replaceForgottenPassword(db, token, passwordHash, now);
    return isReplaced ? { seeOther: withQuery(admin.forgottenPassword, { done: 'replaced' }) } : linkGone(messages);
  }
  const outcome = await setUpAccount(db, token, { name, email, passwordHash }, userAgent, now);
  if ('session' in outcome) {
    const account = await findAccount(db.reader, email);
    return { seeOther: adminPath, session: outcome.session, device: account && (await deviceCookie(context, account, device)) };
  }
  if ('secondStep' in outcome) {
    const account = await findAccount(db.reader, email);
    return account ? beginSecondStep(context, request, account, { token: outcome.secondStep, next: adminPath, pendingForm: {} }) : linkGone(messages);
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
  const wrongName = nameProblem(name);
  if (wrongName !== undefined) problems.push({ field: 'name', problem: wrongName === 'missing' ? { key: 'accounts.nameMissing' } : { key: 'accounts.nameTooLong', values: { max: maxNameLength } } });
  if (email === undefined) problems.push({ field: 'email', problem: { key: 'accounts.emailInvalid' } });
  const problem = passwordProblem(password, email);
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
