/** Revisions and comparisons. */
export const revisions = {} as const;
