import type { Attributes, Tag } from 'sanitize-html';
import { isPictureAddress, pictureAddress, pictureIdOfPath } from '../pictures/body-pictures.ts';

export function sanitizeLink(attribs: Attributes, site: URL): Attributes {
  const { rel: _rel, href = '', 'aria-label': label, ...others } = attribs;
  const address = parseAddress(href, site);
  if (!address) return others;
  // Only footnote backlinks, whose text is an arrow, keep an accessible name.
  if (label && href.startsWith('#note_')) return { href, ...others, 'aria-label': label };
  return address.target === 'external' ? { href: address.href, ...others, rel: externalRel } : { href: address.href, ...others };
}

/** A picture of another site becomes a link; one without a valid web address becomes its alt text. */
export function sanitizePicture(attribs: Attributes, site: URL): Tag {
  const { alt = '', src = '' } = attribs;
  const picture = libraryAddress(src, site);
  if (picture !== undefined) return { tagName: 'img', attribs: { src: picture, alt } };
  const address = parseAddress(src, site);
  if (address?.target === 'external') return { tagName: 'a', attribs: { href: address.href, rel: externalRel }, text: alt || address.href };
  if (address?.target !== 'internal') return { tagName: 'span', attribs: {}, text: alt };
  return { tagName: 'img', attribs: { ...attribs, src: address.href, alt, loading: 'lazy' } };
}

/** The address `picture:7` of an image that is in the library. Undefined for other images. */
export function libraryAddress(src: string, site: URL): string | undefined {
  if (isPictureAddress(src)) return src;
  const address = parseAddress(src, site);
  const id = address?.target === 'internal' ? pictureIdOfPath(address.href.replace(/[?#].*$/, '')) : undefined;
  return id === undefined ? undefined : pictureAddress(id);
}

const externalRel = 'external noopener';

interface Address {
  href: string;
  target: 'internal' | 'external' | 'not web';
}

/** Follows browsers, which read `/\example.org` as another site. Addresses on this site become relative to its root. */
function parseAddress(written: string, site: URL): Address | undefined {
  const trimmed = written.trim();
  if (trimmed.startsWith('#')) return { href: trimmed, target: 'internal' };
  const url = trimmed === '' ? null : URL.parse(trimmed, site.origin);
  if (!url) return undefined;
  const href = needsNoEscaping.test(trimmed) ? trimmed : url.href.replace(/[\s"<>\\^`{|}]/g, encodeURIComponent);
  if (!/^https?:$/.test(url.protocol)) return { href, target: 'not web' };
  if (url.origin !== site.origin) return { href, target: 'external' };
  // Two leading slashes would make a protocol-relative URL of another site.
  return { href: url.pathname.replace(/^\/+/, '/') + url.search + url.hash, target: 'internal' };
}

/** Only characters that RFC 3986 allows. */
const needsNoEscaping = /^(?:https?:\/\/|mailto:|tel:)[\w.~:/?#[\]@!$&'()*+,;=%-]+$/i;
