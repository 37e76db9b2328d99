/** Pages about a conflict, a deletion, a withdrawal, or a text that was not accepted. */
export const articleActions = {
  backToArticle: 'Back to the article',

  conflict: '{count, plural, one {You and {name} changed the same passage} other {You and {name} changed the same # passages}}',
  conflictNotice: '<strong>While you were writing, {name} saved this article ({time}).</strong> All changes that don’t overlap have been merged. Your text is kept as a revision, and the article does not change until you choose.',
  conflictWithYourself: '{count, plural, one {You changed the same passage in two windows} other {You changed the same # passages in two windows}}',
  conflictWithYourselfNotice: '<strong>While you were writing, you saved this article in another window ({time}).</strong> All changes that don’t overlap have been merged. Your text is kept as a revision, and the article doesn’t change until you choose.',
  somebodyElse: 'somebody else',
  whichVersion: 'Which version do you want to keep?',
  yourVersion: 'Your version',
  thisWindow: 'The version in this window',
  otherWindow: 'The version from the other window',
  theirVersion: '{name}’s version',
  otherVersion: 'The other version',
  bothVersions: 'Both versions, yours first',
  deletedText: '(deleted)',
  merge: 'Merge and review',

  deletion: 'Delete this draft?',
  deletionNotice: 'The draft and all of its revisions will be deleted permanently. You can’t undo this.',
  deleteDraft: 'Delete permanently',

  withdraw: 'Withdraw the article',
  withdrawalNotice: 'The article disappears at once from all lists, feeds, sitemaps and search results. Its page will say that it has been withdrawn, and give your reason. Nothing is deleted: you can reinstate the article later.',
  reason: 'Reason (readers will see it)',
  reasonLimit: 'Up to {limit, number} characters',
  confirmWithdrawal: 'Withdraw',

  refused: 'Your text was not accepted',
  refusedButStored: 'The article has been published in the meantime, and your role does not allow you to change published articles. Your text is saved in the article’s revisions, where editors can find it. It is also shown below, so that you can copy what you need.',
  refusedNotStored: 'Your role does not allow you to edit this article, or the article no longer exists. Your text has not been saved. It is shown below, so that you can copy what you need.',
} as const;
