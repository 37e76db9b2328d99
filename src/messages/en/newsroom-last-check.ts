/** The page that lists what an editor may want to mend before a text is published. */
export const newsroomLastCheck = {
  title: 'Check before publishing',
  notPublished: 'Nothing has been published yet. Your text is stored.',
  notScheduled: 'The text has not been scheduled yet. It is stored.',
  notUpdated: 'Readers still see the earlier text. Yours is stored.',
  found: '{count, plural, one {One thing} other {# things}} you may want to change:',
  noStandfirst: 'It is empty. Lists, feeds and search engines show it with the title.',
  longTitle: 'It has {length, number} characters. Search engines may shorten titles of more than {limit, number}.',
  deadLink: 'The link to {address} leads to no page that readers can open.',
  publishAnyway: 'Publish anyway',
  scheduleAnyway: 'Schedule anyway',
  updateAnyway: 'Update anyway',
  back: 'Back to the text',
} as const;
