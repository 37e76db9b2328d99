/** Lists of articles and themes, and the archive. */
export const lists = {
  allThemes: 'All themes',
  continued: 'continued',
  noThemes: 'Nothing has been published yet. The first article will appear on the <front>front page</front>.',
  pages: 'Pages',
  firstThemes: 'First themes',
  moreThemes: 'More themes',
} as const;
