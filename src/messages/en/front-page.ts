/** The front page. */
export const frontPage = {
  title: '{site}: {tagline}',
  latest: 'Latest',
  empty: 'Nothing has been published yet',
  emptyText: 'The first article will appear here. Subscribe to the <feed>feed</feed> to hear about it.',
} as const;
