/** Feeds, and the search description for browsers (OpenSearch). */
export const feeds = {
  link: '{name} ({format})',
  themeDescription: 'The latest articles on {theme} from {site}.',
  authorDescription: 'The latest articles by {author} from {site}.',
  storylineDescription: 'All articles from {site} on this storyline, the latest first: {title}',
  correction: 'Correction, {date}:',
  searchSite: 'Search {site}',
} as const;
