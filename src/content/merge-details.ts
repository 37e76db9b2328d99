import { isDeepStrictEqual } from 'node:util';

export interface Versions<Details> {
  /** The values with which the form was opened, as the form sends them back. They are only compared. */
  seen: Partial<Record<keyof Details, unknown>>;
  typed: Details;
  saved: Details;
}

/** The saved values, with those replaced that an editor has changed. `conflicts` are the fields that somebody else has changed differently since the form was opened. */
export function mergeDetails<Details extends object>(fields: readonly (keyof Details)[], { seen, typed, saved }: Versions<Details>): { merged: Details; conflicts: (keyof Details)[] } {
  const changed = fields.filter((field) => !isDeepStrictEqual(typed[field], seen[field]));
  const merged = { ...saved };
  for (const field of changed) merged[field] = typed[field];
  return { merged, conflicts: changed.filter((field) => !isDeepStrictEqual(saved[field], seen[field]) && !isDeepStrictEqual(saved[field], typed[field])) };
}

export function hasSameDetails<Details extends object>(fields: readonly (keyof Details)[], one: Details, other: Details): boolean {
  return fields.every((field) => one[field] === other[field]);
}

/** Reads what `JSON.stringify` made of the details with which a form was opened. */
export function readSeenDetails(json: string | undefined): Record<string, unknown> {
  try {
    const seen: unknown = JSON.parse(json ?? '');
    return typeof seen === 'object' && seen !== null ? { ...seen } : {};
  } catch {
    return {};
  }
}
