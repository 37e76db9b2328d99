/** The first page of the newsroom. */
export const newsroomDashboard = {
  title: 'Today',
  returned: 'Sent back to you',
  review: 'Waiting for review',
  noReview: 'Nothing is waiting.',
  scheduled: 'Scheduled',
  noScheduled: 'Nothing is scheduled.',
  today: 'Published today',
  noToday: 'Nothing has been published today.',
  drafts: 'Your drafts',
  noDrafts: 'You have no drafts.',
  changed: 'Unpublished changes',
  undescribed: 'Pictures without a description',
  count: '{count, number}',
  countOrMore: '{count, number}+',
  more: 'All {count, number}',
  moreOrMore: 'All (more than {count, number})',
} as const;
