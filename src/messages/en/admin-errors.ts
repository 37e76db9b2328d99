/** Error pages of the newsroom. */
export const adminErrors = {} as const;
