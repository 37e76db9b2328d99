/** At most 15 digits, which a JavaScript number holds exactly. */
export function readId(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** PostgreSQL refuses larger numbers for a column of type integer. */
const maxRowId = 2 ** 31 - 1;

/** 0, which no row has, for anything but an id. */
export function readRowId(text: string | undefined): number {
  const id = readId(text) ?? 0;
  return id > maxRowId ? 0 : id;
}
