/** The article form. */
export const articleForm = {} as const;
