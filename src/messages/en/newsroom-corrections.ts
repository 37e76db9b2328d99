/** The page of an article's corrections. */
export const newsroomCorrections = {
  title: 'Corrections',
  text: 'Correction',
  textHint: 'What was wrong, and what is right. Plain text, up to {limit, number} characters.',
  permanent: 'Readers see a notice above the article’s text. The correction itself appears below the text, in the feeds, and on the page of all corrections. A correction can’t be changed or removed. If it is wrong, add another one. The text of the article stays as it is: update it in the article’s form.',
  add: 'Publish the correction',
  added: 'Published.',
  viewArticle: 'View the article',
  notPublished: 'Only a published article can be corrected.',
  earlier: 'Published corrections',
  none: 'This article has no corrections.',
  asPublished: 'The article as readers see it',
} as const;
