import { parseEmail } from '../../content/accounts/email.ts';
import { passwordLimits, passwordProblem } from '../../content/accounts/password.ts';
import { cleanLine, isBlank } from '../../content/text/text.ts';
import type { Context } from '../../context.ts';
import { findAccount } from '../../storage/newsroom/editors.ts';
import { setUpAccount } from '../../storage/newsroom/set-up-account.ts';
import { findSetUpLink, type SetUpLink } from '../../storage/newsroom/set-up-links.ts';
import { admin } from '../../urls.ts';
import type { Answer, OpenRequest } from '../answer.ts';
import { deviceCookie } from './device.ts';
import { hashPassword } from './password.ts';

interface Problem {
  field: 'name' | 'email' | 'password';
  message: string;
}

const longestName = 100;

/** The form behind a set-up link: a first account, or an invited editor's password. */
export async function setUpPage({ db }: Context, { params, now }: OpenRequest): Promise<Answer> {
  const link = await findSetUpLink(db.reader, params['token'] ?? '', now);
  return link ? showForm(link, params, {}, []) : gone;
}

/** Makes the account, or sets its password, and signs in. The link is good once. */
export async function setUp(context: Context, { params, form, userAgent, device, now }: OpenRequest): Promise<Answer> {
  const { db } = context;
  const token = params['token'] ?? '';
  const link = await findSetUpLink(db.reader, token, now);
  if (!link) return gone;
  const { name, email, password, problems } = readForm(link, form);
  if (problems.length > 0) return showForm(link, params, form, problems);

  const outcome = await setUpAccount(db, token, { name, email, passwordHash: await hashPassword(context.hashQueue, password) }, userAgent, now);
  if ('session' in outcome) {
    const account = await findAccount(db.reader, email);
    return { seeOther: admin.articles, session: outcome.session, device: account && (await deviceCookie(context, account, device)) };
  }
  return outcome.refused === 'gone' ? gone : showForm(link, params, form, [{ field: 'email', message: 'There is an account with this e-mail address already.' }]);
}

const gone: Answer = { status: 404, view: 'accounts/set-up-gone', data: { title: 'This link is no longer good' } };

function readForm({ editor }: SetUpLink, form: Record<string, string>) {
  const name = editor?.name ?? cleanLine(form['name'] ?? '');
  const email = editor?.email ?? parseEmail(form['email'] ?? '');
  const password = form['password'] ?? '';
  const problems: Problem[] = [];
  if (isBlank(name)) problems.push({ field: 'name', message: 'Give your name.' });
  else if ([...name].length > longestName) problems.push({ field: 'name', message: `A name has at most ${longestName} characters.` });
  if (email === undefined) problems.push({ field: 'email', message: 'Give an e-mail address such as name@news.example.' });
  const problem = passwordProblem(password);
  if (problem !== undefined) problems.push({ field: 'password', message: problem });
  return { name, email: email ?? '', password, problems };
}

function showForm({ editor }: SetUpLink, params: Record<string, string>, form: Record<string, string>, problems: Problem[]): Answer {
  return {
    status: problems.length > 0 ? 422 : 200,
    view: 'accounts/set-up',
    data: { title: editor ? 'Choose your password' : 'The first account', action: admin.setUp(params['token'] ?? ''), editor, name: form['name'] ?? '', email: form['email'] ?? '', least: passwordLimits.least, problems },
  };
}
