/** Parses a row id from a form or URL. At most 15 digits, which a number holds exactly. */
export function readId(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
