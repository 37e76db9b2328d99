import { absolute } from '../urls.ts';

/** Requires sanitised HTML, which has no `>` inside a tag, and all of whose attributes are in double quotes. */
export function absoluteAddresses(html: string, siteUrl: string, pageUrl: string): string {
  return html.replace(/<[^>]+>/g, (tag) => tag.replace(/ (href|src)="([^"]*)"/g, (_attribute, name: string, address: string) => ` ${name}="${resolve(address, siteUrl, pageUrl)}"`));
}

function resolve(address: string, siteUrl: string, pageUrl: string): string {
  if (address.startsWith('#')) return pageUrl + address;
  if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return address;
  return absolute(siteUrl, address.startsWith('/') ? address : `/${address}`);
}
