/** What every page of the newsroom shares. */
export const desk = {} as const;
