/** Error pages of the reader’s side. */
export const readerErrors = {} as const;
