/** What every page of the newsroom has around its content, and what several of its pages show. */
export const desk = {
  skip: 'Skip to the content',
  newsroom: 'Newsroom',
  articles: 'Articles',
  newArticle: 'New article',
  auditLog: 'Audit log',
  site: 'View site',
  signOut: 'Sign out',

  problems: '{count, plural, one {Please fix one problem} other {Please fix # problems}}',
  yourText: 'Your text',
} as const;
