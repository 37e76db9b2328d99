import { Marked } from 'marked';
import sanitizeHtml from 'sanitize-html';
import { sanitizeLink } from '../markdown/body-links.ts';
import { plainText } from '../markdown/markdown.ts';

const marked = new Marked({ async: false, gfm: true });

/** Renders a caption, in inline Markdown with emphasis and links. */
export function parseCaption(markdown: string, siteUrl: string): { html: string; text: string } {
  const site = new URL(siteUrl);
  const html = sanitizeHtml(marked.parseInline(markdown, { async: false }), {
    allowedTags: ['a', 'em', 'strong'],
    allowedAttributes: { a: ['href', 'title', 'rel'] },
    disallowedTagsMode: 'escape',
    transformTags: { a: (tagName, attribs) => ({ tagName, attribs: sanitizeLink(attribs, site) }) },
  });
  return { html, text: plainText(html) };
}
