/** Pages on which an editor confirms or decides something: conflict, deletion, withdrawal, a text that was refused. */
export const articleActions = {} as const;
