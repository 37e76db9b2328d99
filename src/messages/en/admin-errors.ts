/** The error pages of the newsroom. `errors` has the reasons for refusing a request. */
export const adminErrors = {
  // Titles
  badRequest: 'Bad request',
  notAllowed: 'Not allowed',
  notFound: 'Not found',
  methodNotAllowed: 'This can’t be done here',
  conflict: 'This can’t be done right now',
  tooLarge: 'Too large',
  unavailable: 'Temporarily unavailable',
  cannotSaveTitle: 'Nothing can be saved at the moment',
  failed: 'Something went wrong',

  unreadable: 'The server could not read this request. Go back and try again.',
  internal: 'This is an error on our side, and it has been logged. Try again in a moment.',

  // Faults of the database. The log and /health give the reasons too, always in English.
  diskFull: 'The server’s disk is full',
  databaseReadOnly: 'The database is read-only',
  databaseReplaced: 'The database file was removed, replaced or truncated while the site was running',
  databaseDamaged: 'The database is damaged',
  diskError: 'The server’s disk can’t be read or written',
  cannotSave: '{reason}. The server can’t save anything until this is fixed.',
  cannotSaveShown: '{reason}. The server can’t save anything until this is fixed. Your text is still here: leave this page open and send it again later. Please tell the person who runs the site.',
  cannotSaveGoBack: '{reason}. The server can’t save anything until this is fixed. Go back: your text is still in your browser. Please tell the person who runs the site.',

  unsent: 'What you entered will be sent again.',
  unsentBelow: 'Your text is below. It will be sent again.',
  sendAgain: 'Send again',
  toArticles: 'Go to the articles',
} as const;
