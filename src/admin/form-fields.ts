/** The fields of a form as strings. Of repeated fields, the first one is used. */
export function fieldsOf(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(Array.isArray(value) ? value[0] : value)]));
}
