/** Topics in the newsroom: their list, and the pages where editors change them. */
export const newsroomTopics = {
  topic: 'Topic',
  search: 'Search for topics',
  onlyUnused: 'Only topics without articles',
  empty: 'There are no topics yet. An article’s topics are added here when the article is saved.',
  noneUnused: 'Every topic has articles.',
  deleteUnused: 'Delete all topics without articles',

  rename: 'Save the name',
  nameHint: 'The address changes with the name, and the former address redirects.',
  nameChanged: 'Somebody else has changed the name to “{name}”. Save again to replace it.',
  nameTaken: 'Another topic already has this name. Merge the two instead: “{name}”.',

  merge: 'Merge into another topic',
  mergeHint: 'This topic’s articles get the other topic instead, and its address redirects there.',

  delete: 'Delete this topic',
  deletionTitle: 'Delete the topic “{name}”?',
  deletionNotice: 'No article has this topic, and it has no page. This can’t be undone.',
  confirmDeletion: 'Delete the topic',
  inUse: 'The topic has articles, so it can’t be deleted. Merge it into another topic instead.',
  backToTopic: 'Back to the topic',

  unusedTitle: 'Delete all topics without articles?',
  unusedNotice: '{count, plural, =0 {Every topic has articles, so there is nothing to delete.} one {1 topic has no articles. Readers have never seen it or no longer see it. This can’t be undone.} other {# topics have no articles. Readers have never seen them or no longer see them. This can’t be undone.}}',
  confirmUnused: '{count, plural, one {Delete 1 topic} other {Delete # topics}}',
  afterUnused: '{count, plural, =0 {There was nothing left to delete.} one {Deleted 1 topic.} other {Deleted # topics.}}',
  backToTopics: 'Back to the topics',
} as const;
