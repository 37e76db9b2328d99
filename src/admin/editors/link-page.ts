import { linkDays } from '../../content/accounts/link-lifetimes.ts';
import type { Context } from '../../context.ts';
import { invitationMail, resetMail } from '../../mail/account-mails.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import type { Editor } from '../../storage/newsroom/editors.ts';
import { absolute, admin } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';

/** Why there is a new link: an account was added, an invited editor needs another link, or a password was removed. */
type Reason = 'invitation' | 'link' | 'reset';

const notices = { invitation: 'newsroomEditors.afterInvitation', link: 'newsroomEditors.afterLink', reset: 'newsroomEditors.afterReset' } as const satisfies Record<Reason, MessageKey>;

/**
 * Emails the link to the editor, if the site sends email, and shows it for copying. This is the response to the POST itself:
 * after a redirect, the link would have to be in an address or stored in plain text.
 */
export async function showLink({ config, mailer }: Context, { editor: administrator, settings, messages }: EditorRequest, { editor, token, reason }: { editor: Editor; token: string; reason: Reason }): Promise<ActionResult> {
  const { text } = messages;
  const { id, name, email } = editor;
  const link = absolute(config.siteUrl, admin.setUp(token));
  const compose = reason === 'reset' ? resetMail : invitationMail;
  const isMailed = await mailer?.send(compose(messages, { editor, site: settings.name, link }, administrator.name));
  return {
    view: 'editors/link',
    data: {
      title: text(reason === 'invitation' ? 'newsroomEditors.invitationOf' : 'newsroomEditors.newLinkOf', { name }),
      section: 'editors',
      name,
      link,
      linkDays,
      notice: messages.of({ key: notices[reason], values: { name } }),
      mailed: isMailed === true ? text('newsroomEditors.mailed', { email }) : undefined,
      notMailed: isMailed === false ? text('newsroomEditors.notMailed', { email }) : undefined,
      editorPath: admin.editor(id),
      editorsPath: admin.editors,
    },
  };
}
