/** What every page of the reader’s side shares: masthead, navigation, footer, byline parts that several pages have. */
export const site = {} as const;
