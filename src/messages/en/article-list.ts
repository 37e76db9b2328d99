/** The list of articles in the newsroom. */
export const articleList = {} as const;
