import { escapeHtml, isBlank } from '../text/text.ts';
import type { BodyLabels } from './labels.ts';

// All of these take sanitised HTML, in which every < and > outside of a tag is escaped.

/** Drops headings without a word; pictures in them stay. */
export function withoutEmptyHeadings(html: string): string {
  return html.replace(/<h([1-6])[^>]*>([^]*?)<\/h\1>/g, (whole, _level, inner: string) => (isBlank(inner.replace(/<[^>]*>/g, '')) ? (inner.match(/<img[^>]*>/g) ?? []).join('') : whole));
}

/** Levels headings so that the first is an `h2` and none skips a level; the one of the id `top` counts as the highest. */
export function levelHeadings(html: string, top: string): string {
  const outline: number[] = [];
  const open: number[] = [];
  return html.replace(/<(\/?)h([1-6])([^>]*)>/g, (_tag, slash: string, typed: string, attributes: string) => {
    if (slash) return `</h${open.pop() ?? typed}>`;
    const level = levelled(attributes.includes(`id="${top}"`) ? 1 : Number(typed), outline);
    open.push(level);
    return `<h${level}${attributes}>`;
  });
}

function levelled(level: number, outline: number[]): number {
  while (outline.length > 0 && (outline.at(-1) ?? 0) >= level) outline.pop();
  outline.push(level);
  return Math.min(outline.length + 1, 6);
}

/**
 * Keeps the words alone of a link that leads nowhere and is led to from nowhere, and of links within links the outer
 * one: a picture of another site, itself a link now, often stands in one. A link without words shows its address.
 */
export function withoutIdleLinks(html: string): string {
  const open: boolean[] = [];
  const withWords = html.replace(/(<a [^>]*href="([^"]+)"[^>]*>)\s*<\/a>/g, '$1$2</a>');
  return withWords.replace(/<(\/?)a( [^>]*)?>/g, (tag, slash: string, attributes = '') => {
    if (slash) return open.pop() ? tag : '';
    const isKept = / (?:href|id)=/.test(attributes) && !open.includes(true);
    open.push(isKept);
    return isKept ? tag : '';
  });
}

/** Tables and preformatted text that are wider than the page scroll within themselves, and by keyboard too (WCAG 2.1.1). */
export function scrollingBlocks(html: string, { table, preformatted }: Pick<BodyLabels, 'table' | 'preformatted'>): string {
  return html
    .replace(/<table[^>]*>/g, (tag) => `<div class="scrolling" role="group" aria-label="${escapeHtml(table)}" tabindex="0">${tag}`)
    .replaceAll('</table>', '</table></div>')
    .replace(/<pre(?=[ >])/g, () => `<pre role="group" aria-label="${escapeHtml(preformatted)}" tabindex="0"`);
}

/** Marks links that show their own address: on paper it is not printed behind them again. */
export function markBareLinks(html: string): string {
  return html.replace(/<a href="(https?:[^"]*)"([^>]*)>([^<]*)<\/a>/g, (link, href: string, others: string, text: string) => (readable(text) === readable(href) ? `<a href="${href}"${others} class="bare">${text}</a>` : link));
}

function readable(address: string): string {
  const plain = address.replace(/^https?:\/\//, '').replace(/\/$/, '');
  try {
    return decodeURI(plain);
  } catch {
    return plain;
  }
}
