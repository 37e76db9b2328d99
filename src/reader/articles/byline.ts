import { LRUCache } from 'lru-cache';
import { escapeHtml } from '../../content/text/text.ts';
import type { Messages } from '../../messages/messages.ts';
import type { Link } from '../site.ts';

/** Memoized, because creating a list format takes about 50 µs and a byline about 5 µs. */
interface Bylines {
  format: Intl.ListFormat;
  html: LRUCache<string, string>;
}

const bylines = new WeakMap<Messages, Bylines>();
const maxBylines = 1000;

/** “By A, B and C”, with links. */
export function bylineHtml(messages: Messages, authors: Link[]): string | undefined {
  if (authors.length === 0) return undefined;
  const { format, html: memoized } = bylinesIn(messages);
  const key = authors.map(({ href, name }) => `${href} ${name}`).join('\n');
  const html = memoized.get(key) ?? makeByline(messages, format, authors);
  memoized.set(key, html);
  return html;
}

function bylinesIn(messages: Messages): Bylines {
  const memoized = bylines.get(messages) ?? { format: new Intl.ListFormat(messages.language), html: new LRUCache<string, string>({ max: maxBylines }) };
  bylines.set(messages, memoized);
  return memoized;
}

function makeByline(messages: Messages, format: Intl.ListFormat, authors: Link[]): string {
  const links = authors.map(({ href, name }) => `<a href="${escapeHtml(href)}" rel="author">${escapeHtml(name)}</a>`);
  const joined = format.formatToParts(links).map(({ type, value }) => (type === 'element' ? value : escapeHtml(value))).join('');
  return messages.html('article.byline', { authors: messages.markup(joined) });
}
