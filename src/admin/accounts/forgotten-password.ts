import { parseEmail } from '../../content/accounts/email.ts';
import { requestedLinkHours } from '../../content/accounts/link-lifetimes.ts';
import type { Context } from '../../context.ts';
import { forgottenPasswordMail } from '../../mail/account-mails.ts';
import type { Mailer } from '../../mail/mailer.ts';
import type { Message } from '../../messages/catalogue.ts';
import { addForgottenPasswordLink } from '../../storage/newsroom/forgotten-password.ts';
import { countLinkRequest } from '../../storage/newsroom/sign-in-failures.ts';
import { absolute, admin, withQuery } from '../../urls.ts';
import type { ActionResult, OpenRequest } from '../action.ts';
import { waitMessage } from './check-password.ts';

/** Where an editor asks for an email with a link to choose a new password. */
export async function forgottenPasswordPage({ mailer }: Context, request: OpenRequest): Promise<ActionResult> {
  return showForm(request, { canMail: mailer !== undefined });
}

/** Neither the response nor its timing reveals whether the account exists: it is looked up only after the response. */
export async function forgottenPassword(context: Context, request: OpenRequest): Promise<ActionResult> {
  const { db, mailer } = context;
  const { form, ipAddress, now } = request;
  if (!mailer) return showForm(request, { canMail: false });
  const email = parseEmail(form['email'] ?? '');
  if (email === undefined) return { ...showForm(request, { canMail: true, problem: { key: 'accounts.emailInvalid' } }), status: 422 };
  const waitMs = await countLinkRequest(db, { email, address: ipAddress }, now);
  if (waitMs > 0) {
    const seconds = Math.ceil(waitMs / 1000);
    return { ...showForm(request, { canMail: true, problem: waitMessage(seconds) }), status: 429, headers: { 'Retry-After': String(seconds) } };
  }
  return { seeOther: withQuery(admin.forgottenPassword, { done: 'sent' }), afterwards: () => mailer.inBackground(() => mailLink(context, mailer, request, email)) };
}

async function mailLink({ db, config }: Context, mailer: Mailer, { ipAddress, settings, messages, now }: OpenRequest, email: string): Promise<void> {
  const added = await addForgottenPasswordLink(db, { email, ipAddress }, now);
  if (added) await mailer.send(forgottenPasswordMail(messages, { editor: added.editor, site: settings.name, link: absolute(config.siteUrl, admin.setUp(added.token)) }));
}

function showForm({ form, query, messages }: OpenRequest, { canMail, problem }: { canMail: boolean; problem?: Message }): ActionResult {
  return {
    view: 'accounts/forgotten-password',
    data: {
      title: messages.text('accounts.forgottenPassword'),
      action: admin.forgottenPassword,
      canMail,
      linkHours: requestedLinkHours,
      done: query['done'],
      email: form['email'] ?? '',
      problems: problem ? [{ field: 'email', message: messages.of(problem) }] : [],
    },
  };
}
