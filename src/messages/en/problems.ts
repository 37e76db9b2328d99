/** What is wrong with a field of a form or of an imported file. */
export const problems = {} as const;
