/** Actions on several articles at once. */
export const newsroomBulk = {
  chooseArticles: 'Select at least one article.',
  noTheme: 'There is no theme “{name}”. Choose an existing one.',
  chooseTheme: 'Choose the new theme.',

  themeChange: '{count, plural, one {Change the theme of one article} other {Change the theme of # articles}}',
  themeNotice: 'What readers see changes at once, without a new “Updated” time.',
  nothingToChange: 'None of the selected articles can be given another theme.',
  newTheme: 'New theme',
  noneChosen: 'Choose a theme',

  themeChanged: '{count, plural, one {One article now has the new theme.} other {# articles now have the new theme.}}',
  withdrawn: '{count, plural, one {One article has been withdrawn.} other {# articles have been withdrawn.}}',

  withdrawal: '{count, plural, one {Withdraw one article} other {Withdraw # articles}}',
  withdrawalNotice: 'These articles disappear at once from all lists, feeds, sitemaps and search results. Their pages will say that they have been withdrawn, and give your reason. Nothing is deleted: you can reinstate each of them later.',
  nothingToWithdraw: 'None of the selected articles is published, so there is nothing to withdraw.',
  leftOut: 'Left out',
  backToList: 'Back to the list',

  notChanged: '{count, plural, one {One article was not changed} other {# articles were not changed}}',
  changedOthers: '{count, plural, =0 {No article was changed.} one {The other one was changed.} other {The other # were changed.}}',

  gone: 'It has been deleted.',
  isWithdrawn: 'It has been withdrawn.',
  notPublished: 'It is not published.',
  neverSaved: 'Its author has not saved it yet.',
  unpublishedChanges: 'It has changes that are not published yet. Publish them first, or change the theme in its form.',
  faulty: 'Its form has problems. Open the article to see them.',
  undescribed: 'One of its pictures has no description.',
  slugTaken: 'Another article uses its address.',
  savedMeanwhile: 'Somebody has just changed it. Try again.',
} as const;
