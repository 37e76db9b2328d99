/** Problems with a field of a form or of an imported file. */
export const problems = {
  ofField: '{field}: {problem}',

  enterTitle: 'Enter a title before publishing.',
  chooseTheme: 'Choose a theme before publishing.',
  titleRequired: 'A title is required.',
  themeRequired: 'A published article needs a theme.',
  tooLong: 'Use at most {limit, number} characters.',
  textTooLarge: 'The text is larger than 2 MB. Shorten it.',
  nameTooLong: 'A name can have at most {limit, number} characters.',
  tooManyNames: 'Use at most {limit, number} names.',
  notSlug: 'Use only lower-case letters a–z, digits, and single hyphens between words, at most {limit, number} characters.',
  slugTaken: 'Another article already uses this address. Choose a different one.',
  notLanguage: '“{text}” is not a language tag. Use a tag such as en-GB.',

  notTime: '“{text}” is not a valid time. Use the format 2025-03-23T17:55:14+02:00.',
  timeOutOfRange: 'Choose a time between the years 1700 and 2200.',
  timeSkipped: '{text} does not exist in {zone}, because the clocks go forward then. Choose an earlier or a later time.',
  timeAmbiguous: '{text} occurs twice in {zone}, because the clocks go back then. Add the offset: {first} or {second}.',
  timeOccursTwice: 'Choose one of the two times below.',
  timeToSchedule: 'Choose when to publish the article.',
  timeInPast: 'This time is in the past. Choose a later time, or publish now.',
  timeInFuture: 'This time is in the future. Schedule the article, or clear this field to publish now.',
  publishedInFuture: 'The article is already published, so its publication time can’t be in the future.',
  updatedTooEarly: 'This time is earlier than publishedAt.',

  alreadyPublished: 'The article is already published. Update it instead.',
  alreadySubmitted: 'The article is already published or scheduled, so it can’t be submitted for review.',
  withdrawn: 'The article is withdrawn. Save your text as a draft, or reinstate the article first.',
  reasonRequired: 'Enter a reason. Readers will see it.',

  notArticle: 'This is not an article. Expected keys with values, such as a title and a body.',
  unknownKey: 'Unknown key. The known keys are {known}.',
  notTextInQuotes: 'Expected text in quotes.',
  notTimeInQuotes: 'Expected a time in quotes, such as "2025-03-23T17:55:14+02:00".',
  notLanguageInQuotes: 'Expected a language tag in quotes, such as "en-GB".',
  notNames: 'Expected a list of names.',
} as const;
