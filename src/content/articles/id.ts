/** PostgreSQL refuses larger numbers for a column of type integer. */
const maxId = 2 ** 31 - 1;

/** The id of a row, as typed or in an address. Undefined if no row can have it. */
export function readId(text: string | undefined): number | undefined {
  const id = text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
  return id === undefined || id > maxId ? undefined : id;
}

/** 0, which no row has, for anything but an id. */
export function readRowId(text: string | undefined): number {
  return readId(text) ?? 0;
}
