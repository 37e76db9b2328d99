import type { Cursor } from '../../storage/articles/lists.ts';

export const listLength = 20;

// Numbers of up to nine digits fit PostgreSQL's integer type, which ids have.

/** The publication time in seconds and the id: `1742745314-21`. */
export function formatCursor({ publishedAt, id }: Cursor): string {
  return `${Math.floor(publishedAt / 1000)}-${id}`;
}

export function parseCursor(text: string): Cursor | undefined {
  const [, seconds, id] = /^(-?\d{1,12})-(\d{1,9})$/.exec(text) ?? [];
  return seconds === undefined ? undefined : { publishedAt: Number(seconds) * 1000, id: Number(id) };
}

/** A cursor that is only an id, in its one spelling. */
export function parseIdCursor(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

/** Reads and writes the cursor of a kind of list. */
export interface Cursors {
  format(cursor: Cursor): string;
  parse(text: string): Cursor | undefined;
}

export const cursorsByTime: Cursors = { format: formatCursor, parse: parseCursor };

const earlierSuffix = '-earlier';

/** After the newest article of every storyline, the cursor ends with `-earlier`. */
export const cursorsByStoryline: Cursors = {
  format: (cursor) => formatCursor(cursor) + (cursor.isEarlier ? earlierSuffix : ''),
  parse(text) {
    if (!text.endsWith(earlierSuffix)) return parseCursor(text);
    const cursor = parseCursor(text.slice(0, -earlierSuffix.length));
    return cursor && { ...cursor, isEarlier: true };
  },
};
