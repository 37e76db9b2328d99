/** The error pages that readers see. */
export const readerErrors = {
  badRequest: 'Invalid address',
  badRequestText: 'The address contains something that can’t be read. The link may be mistyped or cut off.',
  methodNotAllowed: 'This can’t be done here',
  methodNotAllowedText: 'This page can only be read.',
  tooLarge: 'Request too large',
  tooLargeText: 'Your browser sent more data than this page accepts.',
  failed: 'Something went wrong',
  failedText: 'This is an error on our side, and it has been logged. Try again in a moment.',
  unavailable: 'Temporarily unavailable',
  unavailableText: 'The site can’t answer at the moment. Try again in a minute.',
  previewEnded: 'This preview has ended',
  previewEndedText: 'The link has expired, was ended by an editor, or is incomplete. Ask the person who sent it to you for a new one.',
  whereNext: 'You can go to the <front>front page</front> or <search>search</search> for articles.',

  notFound: 'Page not found',
  notFoundText: 'The address may be mistyped, or the page may have moved. Try a search, or read one of the latest articles.',
  form: 'Articles',
  words: 'Search for',
  search: 'Search',
  latest: 'Latest',
} as const;
