/** How long a link for choosing a password works that comes from an administrator or from the command line. */
export const linkDays = 7;

/** How long such a link works that an editor asks for on the sign-in page. */
export const requestedLinkHours = 1;
