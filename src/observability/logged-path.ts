/** A path as the log may keep it: without the tokens of links that let whoever has them in. */
export function loggedPath(path: string): string {
  return path.replace(/\b[0-9a-f]{64}\b/g, '…');
}
