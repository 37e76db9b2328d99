import { articleLimits } from '../articles/article.ts';
import type { Problem } from '../problem.ts';
import { cleanLine, isBlank } from '../text/text.ts';

/** Reads the name of a theme, a topic or an author as typed. */
export function readName(typed: string | undefined): { name: string; problem?: Problem } {
  const name = cleanLine(typed ?? '');
  if (isBlank(name)) return { name, problem: { key: 'problems.nameRequired' } };
  return name.length > articleLimits.name ? { name, problem: { key: 'problems.nameTooLong', values: { limit: articleLimits.name } } } : { name };
}
