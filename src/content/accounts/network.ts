/** The rate-limit key of an IP address: the IPv4 address, or the IPv6 /64, which usually belongs to one household or server. */
export function networkOf(address: string): string {
  const unmapped = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!unmapped.includes(':')) return unmapped;
  const [head = '', tail] = unmapped.split('::');
  const leading = splitGroups(head);
  const trailing = splitGroups(tail ?? '');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - leading.length - trailing.length);
  const groups = [...leading, ...Array.from({ length: zeros }, () => '0'), ...trailing];
  return `${groups.slice(0, 4).map((part) => Number.parseInt(part, 16).toString(16)).join(':')}::/64`;
}

function splitGroups(text: string): string[] {
  return text === '' ? [] : text.split(':');
}
