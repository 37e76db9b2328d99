/** The masthead, the navigation and the footer of readers’ pages. */
export const site = {
  skip: 'Skip to main content',
  search: 'Search',
  searchSite: 'Search {site}',
  themes: 'Themes',
  allThemes: 'All themes',
  // Instead of “All themes” if there are more than those beside it.
  moreThemes: 'More',
  followUs: 'Follow us',
  aboutSite: 'About this site',
  archive: 'Archive',
  corrections: 'All corrections',
} as const;
