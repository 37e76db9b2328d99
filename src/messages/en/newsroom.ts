/** The header of every page of the newsroom, and texts that several of its pages share. */
export const newsroom = {
  skip: 'Skip to main content',
  newsroom: 'Newsroom',
  articles: 'Articles',
  newArticle: 'New article',
  pictures: 'Pictures',
  auditLog: 'Audit log',
  site: 'View site',
  signOut: 'Sign out',

  organise: 'Organise',
  themes: 'Themes',
  topics: 'Topics',
  authors: 'Authors',
  pages: 'Pages',
  settings: 'Settings',
  editors: 'Editors',

  problems: '{count, plural, one {Please fix one problem} other {Please fix # problems}}',
  yourText: 'Your text',
} as const;
