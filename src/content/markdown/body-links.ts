import type { Attributes, Tag } from 'sanitize-html';

/** A link's attributes: its address as it is stored, and a `rel` where it leads to another site. */
export function sanitizeLink(attribs: Attributes, site: URL): Attributes {
  const { rel: _rel, href = '', 'aria-label': label, ...others } = attribs;
  const address = readAddress(href, site);
  if (!address) return others;
  // Only the way back from a note, an arrow, needs a name.
  if (label && href.startsWith('#note_')) return { href, ...others, 'aria-label': label };
  return address.place === 'elsewhere' ? { href: address.href, ...others, rel: elsewhere } : { href: address.href, ...others };
}

/** A picture of this site as it is, one of another as a link to it, and what is no address as its text. */
export function sanitizePicture(attribs: Attributes, site: URL): Tag {
  const alt = attribs['alt'] ?? '';
  const address = readAddress(attribs['src'] ?? '', site);
  if (address?.place === 'elsewhere') return { tagName: 'a', attribs: { href: address.href, rel: elsewhere }, text: alt || address.href };
  if (address?.place !== 'here') return { tagName: 'span', attribs: {}, text: alt };
  return { tagName: 'img', attribs: { ...attribs, src: address.href, alt, loading: 'lazy' } };
}

const elsewhere = 'external noopener';

interface Address {
  href: string;
  place: 'here' | 'elsewhere' | 'no web page';
}

/**
 * An address as browsers read it, who take `/\example.org` and `ht tps://example.org` with a line feed in it for
 * another site. One on this site is relative to its root; undefined if it is none.
 */
function readAddress(written: string, site: URL): Address | undefined {
  const trimmed = written.trim();
  if (trimmed.startsWith('#')) return { href: trimmed, place: 'here' };
  const url = trimmed === '' ? null : URL.parse(trimmed, site.origin);
  if (!url) return undefined;
  const href = asWritten.test(trimmed) ? trimmed : url.href.replace(/[\s"<>\\^`{|}]/g, encodeURIComponent);
  if (!/^https?:$/.test(url.protocol)) return { href, place: 'no web page' };
  if (url.origin !== site.origin) return { href, place: 'elsewhere' };
  // Two slashes at the beginning would be another site.
  return { href: url.pathname.replace(/^\/+/, '/') + url.search + url.hash, place: 'here' };
}

/** An address of only the characters that RFC 3986 allows, which may stay as it is. */
const asWritten = /^(?:https?:\/\/|mailto:|tel:)[\w.~:/?#[\]@!$&'()*+,;=%-]+$/i;
