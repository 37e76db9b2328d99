/** Texts that scripts of the newsroom print: plain, with simple arguments only. */
export const scripts = {} as const;
