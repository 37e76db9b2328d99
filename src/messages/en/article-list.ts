/** The list of articles in the newsroom. */
export const articleList = {
  articles: 'Articles',
  newArticle: 'New article',
  draftDeleted: 'The draft and all of its revisions have been deleted.',

  byStatus: 'Articles by status',
  all: 'All',
  drafts: 'Drafts',
  inReview: 'In review',
  scheduled: 'Scheduled',
  published: 'Published',
  changed: 'Unpublished changes',
  withdrawn: 'Withdrawn',

  findArticles: 'Find articles',
  words: 'Search for',
  theme: 'Theme',
  allThemes: 'All themes',
  author: 'Author',
  allAuthors: 'All authors',
  filter: 'Filter',
  showAll: 'Show all articles',

  title: 'Title',
  status: 'Status',
  createdBy: 'Created by',
  lastSaved: 'Last saved',
  noMatches: 'No articles match.',
  noArticles: 'There are no articles here yet. <first>Write the first one</first>',
  pages: 'Pages',
  backToStart: 'Back to the start',
  more: 'More articles',
} as const;
