import { absolute } from '../urls.ts';

/**
 * Sanitised HTML with every address absolute, as feeds need it: the site's own from `siteUrl`, anchors from `pageUrl`.
 * Sanitised HTML has no > inside a tag and all attributes in double quotes.
 */
export function absoluteAddresses(html: string, siteUrl: string, pageUrl: string): string {
  return html.replace(/<[^>]+>/g, (tag) => tag.replace(/ (href|src)="([^"]*)"/g, (_attribute, name: string, address: string) => ` ${name}="${resolve(address, siteUrl, pageUrl)}"`));
}

function resolve(address: string, siteUrl: string, pageUrl: string): string {
  if (address.startsWith('#')) return pageUrl + address;
  if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return address;
  return absolute(siteUrl, address.startsWith('/') ? address : `/${address}`);
}
