/** What every page of the reader’s side shares: masthead, navigation and footer. */
export const site = {
  skip: 'Skip to main content',
  search: 'Search',
  searchSite: 'Search {site}',
  themes: 'Themes',
  allThemes: 'All themes',
  followUs: 'Follow us',
  aboutSite: 'About this site',
  archive: 'Archive',
} as const;
