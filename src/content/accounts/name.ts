import { isBlank } from '../text/text.ts';

/** In characters. */
export const maxNameLength = 100;

export function nameProblem(name: string): 'missing' | 'too long' | undefined {
  if (isBlank(name)) return 'missing';
  return [...name].length > maxNameLength ? 'too long' : undefined;
}
