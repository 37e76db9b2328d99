/** The preview links of an article. */
export const newsroomPreviews = {
  title: 'Preview links',
  hint: 'Anyone who has one of these links can see the text as it was when the link was created. The addresses can’t be shown again, because only a hash of each is stored. If you need an address, create another link with “Preview in a new tab”.',
  none: 'There are no working preview links. “Preview in a new tab” on the article’s form creates one.',
  summary: 'Preview links ({count, number})',
  ended: 'The link no longer works.',
  alreadyEnded: 'The link had already ended.',

  created: 'Created',
  who: 'Created by',
  until: 'Valid until',
  text: 'Text saved',
  action: 'Action',
  unknown: 'Unknown',
  end: 'End this link',
  endOf: 'End this link: {time}',
} as const;
