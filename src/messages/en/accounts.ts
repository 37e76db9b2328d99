/** Signing in, setting up an account, and one’s own account. */
export const accounts = {} as const;
