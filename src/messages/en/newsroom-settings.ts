/** The settings of the site. */
export const newsroomSettings = {
  intro: 'Changes appear on every page at once.',
  site: 'The site',
  name: 'Name',
  nameHint: 'Up to {limit, number} characters',
  tagline: 'Tagline',
  taglineHint: 'A few words under the name, up to {limit, number} characters. Optional.',
  description: 'Description',
  descriptionHint: 'What search engines and link previews say about the site, up to {limit, number} characters. Optional.',
  copyright: 'Copyright line',
  copyrightHint: 'Shown at the end of every page, up to {limit, number} characters. Optional.',

  followUs: 'Follow us',
  followUsHint: 'The accounts that every page links to. To remove one, clear its name and address. Save to get more rows.',
  accountName: 'Name of account {number}',
  accountUrl: 'Address of account {number}',

  linkPreviews: 'Link previews',
  sharePicture: 'Share picture',
  sharePictureHint: 'For pages without a picture of their own. At least {minWidth} × {minHeight} pixels; {bestWidth} × {bestHeight} looks best. Without one, link previews show the site’s icon.',

  languageAndTime: 'Language and time',
  language: 'Language',
  languageHint: 'A language tag such as en-GB. New articles get this language, and readers see dates in it. The site’s own words are in English.',
  zone: 'Time zone',
  zoneHint: 'A name such as Europe/Bucharest. All times on the site and in the newsroom are in this zone.',

  texts: 'Texts',
  smartTypography: 'Smart typography',
  smartTypographyHint: 'Turns straight quotation marks and hyphens in texts into curly quotation marks and dashes.',
  publicHistory: 'Public history',
  publicHistoryHint: 'Readers can see how published articles have changed.',

  signingIn: 'Signing in',
  secondFactorRequired: 'Require a second factor for administrators',
  secondFactorRequiredHint: 'Administrators without one can’t do anything else until they have set one up.',

  save: 'Save the settings',
  saved: 'Saved.',
  rendering: 'Saved. The texts of articles and pages are now being formatted again in the background. Until that is done, readers see some of them as before.',
  pending: 'You had been signed out, so nothing was saved. Save the settings again.',
  changedMeanwhile: 'Somebody else has changed this to “{value}”. Save again to replace it.',
  emptiedMeanwhile: 'Somebody else has cleared this field. Save again to keep your version.',

  // Values, in such messages and in the audit log
  on: 'On',
  off: 'Off',
  pictureNumber: 'Picture {id}',
  nothing: '(nothing)',
  change: '{setting}: {before} → {after}',
} as const;
