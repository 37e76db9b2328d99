/** Related articles in the newsroom. */
export const newsroomRelated = {
  title: 'Related articles',
  hint: 'Readers see up to five related articles under the article: the pinned ones, then the most similar ones. An article of the same storyline, or one that “More on theme” shows already, is left out.',
  summary: '{pinned, plural, =0 {None pinned} other {# pinned}}, {hidden, plural, =0 {none hidden} other {# hidden}}',
  pinned: 'Pinned',
  noneFixed: 'No article is pinned.',
  byRelevance: 'By relevance',
  none: 'The program has found no related articles yet.',
  hidden: 'Hidden',
  close: 'Very similar',
  similar: 'Similar',
  distant: 'Somewhat similar',
  notPublished: 'Readers can’t see this article at present, so it is left out.',
  ofStoryline: 'In the same storyline, so it is left out.',

  pin: 'Pin',
  unpin: 'Unpin',
  hide: 'Hide',
  show: 'Show again',
  up: 'Move up',
  down: 'Move down',
  buttonFor: '{action}: {title}',

  pinAnother: 'Pin another article',
  search: 'Search for published articles',
  searchHint: 'At most {limit, number} articles can be pinned.',
  searchButton: 'Search',
  found: 'Articles found',
  noMatches: 'No other published article contains these words. Try fewer words.',

  afterPinning: 'Pinned, in this order.',
  afterHiding: 'Hidden.',
  afterRemoving: 'Saved. The list by relevance will be up to date in a moment.',

  chooseArticle: 'Choose an article.',
  full: 'At most {limit, number} articles can be pinned. Unpin one first.',
  gone: 'Readers can’t see that article at present, so it can’t be pinned.',
} as const;
