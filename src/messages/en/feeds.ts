/** Feeds, and what search engines and browsers read. */
export const feeds = {} as const;
