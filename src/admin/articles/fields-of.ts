/** The fields of a form as they came. Of one that came twice, the first counts. */
export function fieldsOf(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(Array.isArray(value) ? value[0] : value)]));
}
