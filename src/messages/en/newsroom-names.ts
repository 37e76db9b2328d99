/** What the newsroom’s pages about themes, authors and topics have in common. */
export const newsroomNames = {
  name: 'Name',
  formerName: '“{name}” is a former name of “{other}”, and texts may still use it. Choose another name.',
  limit: 'Up to {limit, number} characters',
  articles: 'Articles',
  count: '{count, plural, =0 {no articles} one {1 article} other {# articles}}',
  searchButton: 'Search',
  noMatches: 'No name contains these words.',
  showAll: 'Show all',
  pages: 'Pages',
  start: 'Back to the start',
  more: 'More',
  view: 'View the page that readers see',

  conflict: 'What you have entered is still in the form. Somebody else has saved these values in the meantime. Save again to replace them.',
  nothing: 'Nothing',
  goneTitle: 'Not saved',
  typed: 'What you entered',

  afterSaving: 'Saved.',
  afterMerging: 'Merged.',
  afterDeletion: 'Deleted.',

  mergeSearch: 'Search by name',
  namesakes: 'The same name',
  mergeInto: 'Merge into “{name}”',
  mergeTitle: 'Merge “{from}” into “{into}”?',
  affected: '{count, plural, =0 {No article has the name “{from}”.} one {1 article with the name “{from}” will have the name “{into}” instead.} other {# articles with the name “{from}” will have the name “{into}” instead.}}',
  leadsTo: 'The address of “{from}” will redirect to “{into}”, and new texts that use the name “{from}” will get “{into}”. This can’t be undone.',
  chooseOther: 'Somebody else has merged or deleted what you chose. Go back and choose another one.',
  mergeButton: 'Merge',
  keepBoth: 'Keep both',
} as const;
