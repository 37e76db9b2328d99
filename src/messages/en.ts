import { lists } from './en/lists.ts';

/** The interface in English, the language that the others are translated from, in ICU MessageFormat. */
export const en = { lists } as const;
