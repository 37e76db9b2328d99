import { Marked } from 'marked';
import sanitizeHtml from 'sanitize-html';
import { sanitizeLink } from '../markdown/body-links.ts';
import { plainText } from '../markdown/markdown.ts';
import { escapeHtml } from '../text/text.ts';
import { pictureLimits } from './picture.ts';

const marked = new Marked({ async: false, gfm: true }, { renderer: {
  image({ tokens, text }) {
    return escapeHtml(tokens ? plainText(this.parser.parseInline(tokens)) : text);
  },
  html: ({ raw }) => (/^<\/?(?:a|em|strong)(?![\w-])/i.test(raw) ? raw : escapeHtml(raw)),
  // Text in elements such as `<script>` is not Markdown, so the tokenizer leaves it as it is.
  text: (token) => ('escaped' in token && token.escaped ? escapeHtml(token.text) : false),
  codespan: asTyped,
  del: asTyped,
} });

function asTyped({ raw }: { raw: string }): string {
  return escapeHtml(raw);
}

/** The parser takes quadratic time in the number of delimiters, and captions are parsed in the thread that answers requests. */
const maxDelimiters = 50;

/** Renders a caption, in inline Markdown with emphasis and links. Images become their alternative text, and other markup is shown as it was typed. A caption in a body can have any length; one that would take too long to parse is shown as its source. */
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
  return markdown.replaceAll(/\\[\\*_~[<@]/g, '').match(/[*_~`[<@]/g)?.length ?? 0;
}
