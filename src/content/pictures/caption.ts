import { Marked } from 'marked';
import sanitizeHtml from 'sanitize-html';
import { sanitizeLink } from '../markdown/body-links.ts';
import { plainText } from '../markdown/markdown.ts';
import { escapeHtml } from '../text/text.ts';
import { pictureLimits } from './picture.ts';

const marked = new Marked({ async: false, gfm: true });

/** The parser takes time proportional to the square of the number of delimiters, and captions are parsed in the thread that answers requests. */
const maxDelimiters = 50;

/** Renders a caption, in inline Markdown with emphasis and links. A caption in a body can have any length; one that would take too long to parse is shown as its source. */
export function parseCaption(markdown: string, siteUrl: string): { html: string; text: string } {
  if (markdown.length > pictureLimits.caption || countDelimiters(markdown) > maxDelimiters) return { html: escapeHtml(markdown), text: markdown };
  const site = new URL(siteUrl);
  const html = sanitizeHtml(marked.parseInline(markdown, { async: false }), {
    allowedTags: ['a', 'em', 'strong'],
    allowedAttributes: { a: ['href', 'title', 'rel'] },
    disallowedTagsMode: 'escape',
    transformTags: { a: (tagName, attribs) => ({ tagName, attribs: sanitizeLink(attribs, site) }) },
  });
  return { html, text: plainText(html) };
}

function countDelimiters(markdown: string): number {
  return markdown.match(/[*_~`[<@]/g)?.length ?? 0;
}
