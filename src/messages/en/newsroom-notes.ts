/** Notes about articles. */
export const newsroomNotes = {
  note: 'Note for colleagues',
  hint: 'Only the newsroom sees the note. It is saved with the article, and stays with it when it is submitted for review or sent back.',
  current: 'By {name}, {time}. Only the newsroom sees the note.',
  by: '{name}, {time}',
  limit: 'Up to {limit, number} characters',
  earlier: '{count, plural, one {One earlier note} other {# earlier notes}}',
  inList: '{name}: {text}',
} as const;
