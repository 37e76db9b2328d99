import { parseEmail } from '../accounts/email.ts';
import type { Problem } from '../problem.ts';
import { cleanLine, isBlank } from '../text/text.ts';

/** Addresses, of which the last is an email address without `mailto:`. Empty if there are none. */
export interface AuthorLinks {
  web: string;
  mastodon: string;
  bluesky: string;
  email: string;
}

export type LinkKind = keyof AuthorLinks;

export const linkKinds: readonly LinkKind[] = ['web', 'mastodon', 'bluesky', 'email'];

const maxLength = 300;

/** Accepts an address or, for Mastodon and Bluesky, a handle. Returns the address. */
export function parseLink(kind: LinkKind, typed: string): { link: string } | { problem: Problem } {
  const text = cleanLine(typed);
  if (isBlank(text)) return { link: '' };
  if (text.length > maxLength) return { problem: { key: 'problems.tooLong', values: { limit: maxLength } } };
  const { parse, problem } = parsers[kind];
  const link = parse(text);
  return link === undefined ? { problem: { key: problem } } : { link };
}

const parsers = {
  web: { parse: parseAddress, problem: 'problems.notWebAddress' },
  mastodon: { parse: parseMastodon, problem: 'problems.notMastodon' },
  bluesky: { parse: parseBluesky, problem: 'problems.notBluesky' },
  email: { parse: (text: string) => parseEmail(text.replace(/^mailto:/i, '')), problem: 'problems.notEmailAddress' },
} as const;

const domain = '(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?\\.)+[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])';
const bareAddress = new RegExp(`^${domain}(?:/\\S*)?$`, 'u');

/** People type addresses without `https://`. */
function parseAddress(text: string): string | undefined {
  const url = URL.parse(bareAddress.test(text) ? `https://${text}` : text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '' ? url.href : undefined;
}

function parseMastodon(text: string): string | undefined {
  const [, name, server] = new RegExp(`^@?([A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?)@(${domain})$`, 'u').exec(text) ?? [];
  return name === undefined ? parseAddress(text) : parseAddress(`https://${server}/@${name}`);
}

const blueskyProfile = 'https://bsky.app/profile/';

function parseBluesky(text: string): string | undefined {
  const handle = text.replace(/^@/, '');
  if (new RegExp(`^${domain}$`, 'u').test(handle)) return `${blueskyProfile}${handle.toLowerCase()}`;
  const address = parseAddress(text);
  return address?.startsWith(blueskyProfile) && address.length > blueskyProfile.length ? address : undefined;
}

/** What readers see of a link: a handle if the address has one, otherwise the address in short. */
export function linkName(kind: LinkKind, link: string): string {
  if (kind === 'email') return link;
  const { host, pathname, search } = new URL(link);
  const handle = /^\/@([^/@]+)\/?$/.exec(pathname)?.[1];
  if (kind === 'mastodon' && handle !== undefined) return `@${handle}@${host}`;
  if (kind === 'bluesky') return `@${link.slice(blueskyProfile.length).replace(/\/$/, '')}`;
  return `${host.replace(/^www\./, '')}${pathname.replace(/\/$/, '')}${search}`;
}
