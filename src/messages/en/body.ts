/** Texts that are stored in rendered bodies. */
export const body = {} as const;
