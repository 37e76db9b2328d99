/** Removes the secret tokens of preview and set-up links from a path. */
export function loggedPath(path: string): string {
  return path.replace(/\b[0-9a-f]{64}\b/g, '…');
}
