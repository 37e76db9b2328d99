/** The article page, its preview, and the page of a withdrawn article. */
export const article = {} as const;
