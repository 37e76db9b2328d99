import { LRUCache } from 'lru-cache';
import { escapeHtml } from '../../content/text/text.ts';
import type { Messages } from '../../messages/messages.ts';
import type { Link } from '../site.ts';

/** A list format takes some 50 μs to make and a byline some 5 μs, which is much for one line of a page. */
interface Bylines {
  format: Intl.ListFormat;
  known: LRUCache<string, string>;
}

const bylines = new WeakMap<Messages, Bylines>();
const maxBylines = 1000;

/** The authors of an article with links, as “By A, B and C”; undefined if it has none. */
export function bylineHtml(messages: Messages, authors: Link[]): string | undefined {
  if (authors.length === 0) return undefined;
  const { format, known } = bylinesIn(messages);
  const key = authors.map(({ href, name }) => `${href} ${name}`).join('\n');
  const html = known.get(key) ?? makeByline(messages, format, authors);
  known.set(key, html);
  return html;
}

function bylinesIn(messages: Messages): Bylines {
  const known = bylines.get(messages) ?? { format: new Intl.ListFormat(messages.language), known: new LRUCache({ max: maxBylines }) };
  bylines.set(messages, known);
  return known;
}

function makeByline(messages: Messages, format: Intl.ListFormat, authors: Link[]): string {
  const links = authors.map(({ href, name }) => `<a href="${escapeHtml(href)}" rel="author">${escapeHtml(name)}</a>`);
  const joined = format.formatToParts(links).map(({ type, value }) => (type === 'element' ? value : escapeHtml(value))).join('');
  return messages.html('article.byline', { authors: messages.markup(joined) });
}
