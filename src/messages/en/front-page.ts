/** The front page. */
export const frontPage = {} as const;
