/** The emails that the site sends to editors, in plain text. */
export const mails = {
  invitationSubject: 'You are invited to work on {site}',
  invitation: `Hello {name},

{inviter} has invited you to work on {site}. Open this link to choose a password:

{link}

The link works once and expires after {days, plural, one {# day} other {# days}}. Once you have chosen a password, sign in with your email address, {email}.

If you did not expect this invitation, ignore this message.`,

  resetSubject: 'Choose a new password for {site}',
  reset: `Hello {name},

{administrator} has reset your password for {site}. Your old password no longer works. Open this link to choose a new one:

{link}

The link works once and expires after {days, plural, one {# day} other {# days}}.`,

  forgottenSubject: 'A new password for {site}',
  forgotten: `Hello {name},

Somebody asked for a new password for your account on {site}. If it was you, open this link to choose one:

{link}

The link works once and expires after {hours, plural, one {# hour} other {# hours}}.

If it was not you, ignore this message. Nothing has changed.`,
} as const;
