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

  // Others at an article
  othersHere: '{count, plural, one {{names} has this article open too.} other {{names} have this article open too.}}',
  savedByYou: 'You saved this article in another window ({time}). Your changes here will be merged with it when you save.',
  savedByOther: '{name} saved this article ({time}). Your changes will be merged with it when you save.',
  savedByImport: 'This article was imported again ({time}). Your changes will be merged with it when you save.',
} as const;
