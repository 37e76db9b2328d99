import { linkDays, requestedLinkHours } from '../content/accounts/link-lifetimes.ts';
import type { Messages } from '../messages/messages.ts';
import type { Mail } from './mailer.ts';

interface Parts {
  editor: { name: string; email: string };
  /** The name of the site. */
  site: string;
  link: string;
}

/** @param by the name of the administrator who acts */
export function invitationMail({ text }: Messages, { editor, site, link }: Parts, by: string): Mail {
  return mailTo(editor, site, text('mails.invitationSubject', { site }), text('mails.invitation', { name: editor.name, email: editor.email, inviter: by, site, link, days: linkDays }));
}

/** @param by the name of the administrator who acts */
export function resetMail({ text }: Messages, { editor, site, link }: Parts, by: string): Mail {
  return mailTo(editor, site, text('mails.resetSubject', { site }), text('mails.reset', { name: editor.name, administrator: by, site, link, days: linkDays }));
}

export function forgottenPasswordMail({ text }: Messages, { editor, site, link }: Parts): Mail {
  return mailTo(editor, site, text('mails.forgottenSubject', { site }), text('mails.forgotten', { name: editor.name, site, link, hours: requestedLinkHours }));
}

function mailTo({ name, email }: Parts['editor'], site: string, subject: string, text: string): Mail {
  return { fromName: site, to: { name, address: email }, subject, text: `${text}\n` };
}
