/** Lists of articles and themes, and the archive. */
export const lists = {
  // Above the heading of a list.
  author: 'Author',
  theme: 'Theme',
  topic: 'Topic',
  storyline: 'Storyline',
  archive: 'Archive',

  // On an author’s page.
  portrait: 'Portrait of {name}',
  links: 'Links',
  web: 'Website',
  mastodon: 'Mastodon',
  bluesky: 'Bluesky',
  email: 'Email',

  // Beside the heading, and in the page’s title.
  continued: 'continued',
  continuedTitle: '{title}, continued',

  // For search engines and link previews.
  authorDescription: 'All articles that {author} has written for {site}.',
  themeDescription: 'All articles on {theme} from {site}.',
  topicDescription: 'All articles on the topic of {topic} from {site}.',
  storylineDescription: 'All articles from {site} on this storyline: {title}',
  archiveDescription: 'All articles from {site} by date.',
  periodDescription: '{unit, select, day {Articles that {site} published on {period}.} other {Articles that {site} published in {period}.}}',
  themesDescription: 'All themes of {site}.',

  // Beside a headline whose storyline has older articles that the list leaves out.
  earlierArticles: '{limit, select, exceeded {{count, number}+ earlier} other {+{count, number} earlier}}',
  earlierArticlesOf: '{earlier}: {title}',

  months: 'Months',
  days: 'Days',
  noArticles: 'There are no articles here at the moment. You can find the latest ones on the <front>front page</front>.',
  pages: 'Pages',
  newest: 'Newest articles',
  older: 'Older articles',
  earlier: 'Earlier: {period}',
  later: 'Later: {period}',
  emptyArchive: 'Nothing has been published yet.',

  allThemes: 'All themes',
  noThemes: 'Nothing has been published yet. The first article will appear on the <front>front page</front>.',
  firstThemes: 'First themes',
  moreThemes: 'More themes',
} as const;
