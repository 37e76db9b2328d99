/** Converts a parsed form or path parameters to strings. If a field is repeated, its first value counts. */
export function readFields(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(Array.isArray(value) ? value[0] : value)]));
}
