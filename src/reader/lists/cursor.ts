import type { Cursor } from '../../storage/articles/lists.ts';

export const listLength = 20;

/** The publication time in seconds and the id: `1742745314-21`. */
export function formatCursor({ publishedAt, id }: Cursor): string {
  return `${Math.floor(publishedAt / 1000)}-${id}`;
}

export function parseCursor(text: string): Cursor | undefined {
  const [, seconds, id] = /^(-?\d{1,12})-(\d{1,10})$/.exec(text) ?? [];
  return seconds === undefined ? undefined : { publishedAt: Number(seconds) * 1000, id: Number(id) };
}
