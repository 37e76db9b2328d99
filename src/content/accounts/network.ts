/**
 * The network by which clients are rate limited: an IPv4 address itself, or the /64 of an IPv6 address, since one
 * household or server usually has all the addresses of a /64.
 */
export function networkOf(address: string): string {
  const unmapped = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!unmapped.includes(':')) return unmapped;
  const [head = '', tail] = unmapped.split('::');
  const before = parts(head);
  const after = parts(tail ?? '');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const whole = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  return `${whole.slice(0, 4).map((part) => Number.parseInt(part, 16).toString(16)).join(':')}::/64`;
}

function parts(text: string): string[] {
  return text === '' ? [] : text.split(':');
}
