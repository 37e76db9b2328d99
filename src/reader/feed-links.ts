import type { Messages } from '../messages/messages.ts';
import * as urls from '../urls.ts';

export interface FeedLink {
  href: string;
  name: string;
  type: string;
}

const formats = [
  { format: 'rss', name: 'RSS', type: 'application/rss+xml' },
  { format: 'atom', name: 'Atom', type: 'application/atom+xml' },
  { format: 'json', name: 'JSON Feed', type: 'application/feed+json' },
] as const;

/** @param path the path of the page to which the feeds belong; empty for the whole site */
export function feedLinks({ text }: Messages, name: string, path = ''): FeedLink[] {
  return formats.map(({ format, name: formatName, type }) => ({ href: urls.feedPath(format, path), name: text('feeds.link', { name, format: formatName }), type }));
}
