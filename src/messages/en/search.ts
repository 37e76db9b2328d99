/** The search page. */
export const search = {} as const;
