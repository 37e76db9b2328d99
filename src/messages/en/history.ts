/** The public history of an article. */
export const history = {
  pageTitle: 'History of “{title}”',
  heading: 'How this article has changed',
  introduction: 'These are the published versions of <article>{title}</article>, newest first. Added words are underlined, and removed words are struck through.',
  first: 'This is the first version.',
  noChanges: 'The wording did not change.',
  pages: 'Pages',
  newest: 'Newest versions',
  older: 'Older versions',

  standfirst: 'Standfirst',
  title: 'Title',
  caption: 'Caption of the lead picture',
  body: 'Text',
  authors: 'Authors',
} as const;
