/** Whether a text is a UUID, as forms and imports make them for articles. */
export function isUid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
