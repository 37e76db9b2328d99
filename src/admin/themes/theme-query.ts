import { readId } from '../../content/articles/id.ts';
import { cleanLine } from '../../content/text/text.ts';

const maxQueryLength = 200;
// PostgreSQL refuses larger numbers.
const maxId = 2 ** 31 - 1;

/** Reads a part of a name by which somebody searches. */
export function readThemeQuery(typed: string | undefined): string {
  return cleanLine(typed ?? '').slice(0, maxQueryLength).toWellFormed();
}

export function readThemeId(typed: string | undefined): number | undefined {
  const id = readId(typed);
  return id !== undefined && id <= maxId ? id : undefined;
}
