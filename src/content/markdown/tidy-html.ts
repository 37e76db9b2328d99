import { escapeHtml, isBlank } from '../text/text.ts';
import type { BodyLabels } from './labels.ts';

// These functions use regular expressions, which is safe because sanitised HTML has every < and > outside of tags escaped.

export function withoutEmptyHeadings(html: string): string {
  return html.replace(/<h([1-6])[^>]*>([^]*?)<\/h\1>/g, (whole, _level, inner: string) => (isBlank(inner.replace(/<[^>]*>/g, '')) ? (inner.match(/<img[^>]*>/g) ?? []).join('') : whole));
}

/** The first heading becomes an `h2`, and none skips a level. The heading with the id `topId` counts as level 1. */
export function levelHeadings(html: string, topId: string): string {
  const outline: number[] = [];
  const open: number[] = [];
  return html.replace(/<(\/?)h([1-6])([^>]*)>/g, (_tag, slash: string, typed: string, attributes: string) => {
    if (slash) return `</h${open.pop() ?? typed}>`;
    const level = nextLevel(attributes.includes(`id="${topId}"`) ? 1 : Number(typed), outline);
    open.push(level);
    return `<h${level}${attributes}>`;
  });
}

function nextLevel(level: number, outline: number[]): number {
  while (outline.length > 0 && (outline.at(-1) ?? 0) >= level) outline.pop();
  outline.push(level);
  return Math.min(outline.length + 1, 6);
}

/** Unwraps links without an address or id, and links within links (such as a linked picture of another site). */
export function unwrapDeadLinks(html: string): string {
  const open: boolean[] = [];
  const withText = html.replace(/(<a [^>]*href="([^"]+)"[^>]*>)\s*<\/a>/g, '$1$2</a>');
  return withText.replace(/<(\/?)a( [^>]*)?>/g, (tag, slash: string, attributes = '') => {
    if (slash) return open.pop() ? tag : '';
    const isKept = / (?:href|id)=/.test(attributes) && !open.includes(true);
    open.push(isKept);
    return isKept ? tag : '';
  });
}

/** Scrollable by keyboard too (WCAG 2.1.1). */
export function makeScrollable(html: string, { table, preformatted }: Pick<BodyLabels, 'table' | 'preformatted'>): string {
  return html
    .replace(/<table[^>]*>/g, (tag) => `<div class="scrolling" role="group" aria-label="${escapeHtml(table)}" tabindex="0">${tag}`)
    .replaceAll('</table>', '</table></div>')
    .replace(/<pre(?=[ >])/g, () => `<pre role="group" aria-label="${escapeHtml(preformatted)}" tabindex="0"`);
}

/** For the print stylesheet, which prints the addresses of all other links. */
export function markBareLinks(html: string): string {
  return html.replace(/<a href="(https?:[^"]*)"([^>]*)>([^<]*)<\/a>/g, (link, href: string, others: string, text: string) => (readableAddress(text) === readableAddress(href) ? `<a href="${href}"${others} class="bare">${text}</a>` : link));
}

function readableAddress(address: string): string {
  const plain = address.replace(/^https?:\/\//, '').replace(/\/$/, '');
  try {
    return decodeURI(plain);
  } catch {
    return plain;
  }
}
