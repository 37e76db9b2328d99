/** The list of all corrections and its feeds. */
export const corrections = {
  title: 'Corrections',
  description: 'The corrections that {site} has made to its articles.',
  none: 'There are no corrections. You can find the latest articles on the <front>front page</front>.',
  newest: 'Newest corrections',
  older: 'Older corrections',

  feedTitle: 'Correction: {title}',
} as const;
