/** Authors in the newsroom: their list, and the page where editors change them. */
export const newsroomAuthors = {
  author: 'Author',
  search: 'Search for authors',
  empty: 'There are no authors yet. An article’s authors are added here when the article is saved.',

  nameHint: 'If you change it, the bylines of all articles change too.',
  slug: 'Address',
  slugHint: 'The end of the address of the author’s page. The former address redirects. Leave this empty to use the name.',
  slugTaken: 'Another author already uses this address. Choose a different one.',
  portrait: 'Portrait',
  portraitHint: 'Readers see a square around the picture’s focal point, on the author’s page.',
  biography: 'Biography',
  biographyHint: 'Plain text, in one paragraph.',
  web: 'Website',
  mastodon: 'Mastodon',
  mastodonHint: 'Such as @name@server.example',
  bluesky: 'Bluesky',
  blueskyHint: 'Such as name.bsky.social',
  email: 'Email',
  emailHint: 'Readers see this address.',
  save: 'Save',

  nameTaken: 'Another author already has this name. If both are one person, merge them: “{name}”.',
  conflictTitle: 'Somebody else has changed this author',

  merge: 'Merge with another author',
  mergeHint: 'Use this if two authors are one person. The articles of this author move to the other one, and this author’s address redirects there.',
  profileMerged: 'If “{into}” lacks a portrait, a biography or a link, it gets that of “{from}”.',
} as const;
