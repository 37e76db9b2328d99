import { cleanLine, isBlank } from '../../content/text/text.ts';
import type { Message } from '../../messages/catalogue.ts';

/** In characters. */
export const maxNameLength = 100;

/** Reads the name of a storyline; empty if there is none. */
export function readName(typed: string | undefined): { name: string; problem?: Message } {
  const name = cleanLine(typed ?? '');
  if (isBlank(name)) return { name: '' };
  return name.length > maxNameLength ? { name, problem: { key: 'problems.tooLong', values: { limit: maxNameLength } } } : { name };
}
