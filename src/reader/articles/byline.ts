import { LRUCache } from 'lru-cache';
import { escapeHtml } from '../../content/text/text.ts';
import type { Messages } from '../../messages/messages.ts';
import type { Link } from '../site.ts';

const listFormats = new LRUCache<string, Intl.ListFormat>({ max: 10 });

/** The authors of an article with links, as “By A, B and C”; undefined if it has none. */
export function bylineHtml(messages: Messages, authors: Link[]): string | undefined {
  if (authors.length === 0) return undefined;
  const links = authors.map(({ href, name }) => `<a href="${escapeHtml(href)}" rel="author">${escapeHtml(name)}</a>`);
  const parts = listFormat(messages.language).formatToParts(links);
  const joined = parts.map(({ type, value }) => (type === 'element' ? value : escapeHtml(value))).join('');
  return messages.html('article.byline', { authors: messages.markup(joined) });
}

/** To make one takes far longer than to use it. */
function listFormat(language: string): Intl.ListFormat {
  const known = listFormats.get(language) ?? new Intl.ListFormat(language);
  listFormats.set(language, known);
  return known;
}
