import { createHash } from 'node:crypto';
import { Parser } from 'htmlparser2';
import { Marked, type MarkedExtension, type Token, type Tokens } from 'marked';
import footnotes from 'marked-footnote';
import { markedSmartypants } from 'marked-smartypants';
import { makeSlug, numberedSlug } from '../articles/slug.ts';
import { cleanText, escapeHtml } from '../text/text.ts';
import { libraryAddress } from './body-links.ts';
import { bodyTokenizer, limitLookahead, unescapedText } from './body-tokenizer.ts';
import type { BodyLabels } from './labels.ts';
import { limitNesting } from './nesting.ts';
import { escapeUnmatchedTags, initialRawHtmlState, renderHtmlBlock, renderInlineHtml, type RawHtmlState } from './raw-html.ts';
import { sanitize } from './sanitize.ts';
import { makeScrollable } from './tidy-html.ts';

// Increment when renderMarkdown's output changes: stored HTML with another key is rendered again.
const markupVersion = 4;

export interface MarkdownOptions {
  siteUrl: string;
  smartTypography: boolean;
  labels: BodyLabels;
}

/** A fingerprint of the renderer's version and the options other than `siteUrl`, from 1 to 2³¹ − 1. It is stored with the HTML. */
export function markupKey({ smartTypography, labels }: MarkdownOptions): number {
  const parts = JSON.stringify([markupVersion, smartTypography, Object.entries(labels).toSorted()]);
  return 1 + (createHash('sha256').update(parts).digest().readUInt32BE() % (2 ** 31 - 1));
}

export interface RenderedBody {
  /** Sanitised HTML; addresses on this site are relative to its root. */
  html: string;
  text: string;
  /** Forbidden or unclosed tags, such as `<script>`, which were escaped. */
  shownAsText: string[];
  hasComment: boolean;
}

/** Never throws: a text that nests too deeply for the parser is shown as its source. */
export function renderMarkdown(markdown: string, options: MarkdownOptions): RenderedBody {
  const rawHtml = initialRawHtmlState();
  const html = cleanText(safeHtml(markdown, options, rawHtml)).trim();
  return { html, text: plainText(html), shownAsText: [...rawHtml.shownAsText], hasComment: rawHtml.hasComment };
}

function safeHtml(markdown: string, options: MarkdownOptions, rawHtml: RawHtmlState): string {
  try {
    return sanitize(escapeUnmatchedTags(parse(cleanText(markdown), options, rawHtml), rawHtml), options, { hasRawHtml: /<[a-z]/i.test(markdown) });
  } catch (error) {
    if (error instanceof RangeError) return makeScrollable(`<pre>${escapeHtml(markdown)}</pre>`, options.labels);
    throw error;
  }
}

function parse(text: string, options: MarkdownOptions, rawHtml: RawHtmlState): string {
  const markdown = limitNesting(text);
  const usedLinks = new Set<string>();
  // A new instance each time: marked-footnote keeps state in the instance, even after a text that makes it throw.
  const marked = new Marked({ async: false, gfm: true }, withUnusedNotes(limitLookahead(footnotes(footnoteOptions(options.labels)))), { tokenizer: bodyTokenizer(markdown, usedLinks), renderer: renderer(usedLinks, rawHtml, new URL(options.siteUrl)), walkTokens: numberNotes });
  if (options.smartTypography) marked.use(markedSmartypants(), { tokenizer: unescapedText });
  return marked.parse(markdown, { async: false });
}

function footnoteOptions({ notes, backToReference }: BodyLabels) {
  return { prefixId: 'note_', description: escapeHtml(notes), backRefLabel: escapeHtml(backToReference) };
}

function renderer(usedLinks: ReadonlySet<string>, rawHtml: RawHtmlState, site: URL) {
  const usedAnchors = new Map<string, number>();
  return {
    heading(this: RendererThis, { tokens, depth }: Tokens.Heading): string {
      const html = this.parser.parseInline(tokens);
      return `<h${depth} id="${anchor(plainText(html), usedAnchors)}">${html}</h${depth}>\n`;
    },
    paragraph(this: RendererThis, { tokens }: Tokens.Paragraph): string {
      const images = tokens.filter((token) => !isLineBreak(token)).map(imageOf);
      const known = images.filter((image) => image !== undefined);
      const isInLibrary = known.every(({ href }) => libraryAddress(href, site) !== undefined);
      const isOnlyImages = known.length > 0 && known.length === images.length;
      const figures = known.map((image) => figure(image, altText(this, image), image.link)).join('');
      if (isOnlyImages && images.length === 1 && (isInLibrary || !known[0]?.link)) return figures;
      if (isOnlyImages && images.length > 1 && isInLibrary) return `<div class="pictures">\n${figures}</div>\n`;
      return `<p>${this.parser.parseInline(tokens)}</p>\n`;
    },
    image(this: RendererThis, token: Tokens.Image): string {
      return `<img src="${escapeHtml(token.href)}" alt="${escapeHtml(altText(this, token))}"${token.title ? ` title="${escapeHtml(token.title)}"` : ''}>`;
    },
    checkbox({ checked }: Tokens.Checkbox): string {
      return checked ? '☑ ' : '☐ ';
    },
    html({ text, block }: Tokens.HTML | Tokens.Tag): string {
      return block ? renderHtmlBlock(text, rawHtml) : renderInlineHtml(text, rawHtml);
    },
    def({ tag, raw }: Tokens.Def): string {
      return usedLinks.has(tag) ? '' : `<p>${escapeHtml(raw.trim())}</p>\n`;
    },
  };
}

interface RendererThis {
  parser: { parseInline(tokens: Token[]): string };
}

function altText({ parser }: RendererThis, { tokens, text }: Tokens.Image): string {
  return tokens ? plainText(parser.parseInline(tokens)) : text;
}

/** marked-footnote would drop the text of footnotes without references. */
function withUnusedNotes(extension: MarkedExtension): MarkedExtension {
  const extensions = extension.extensions?.map((one) => {
    if (one.name !== 'footnote') return one;
    return { ...one, renderer(this: { parser: { parse(tokens: Token[]): string } }, { refs, label, content }: Tokens.Generic): string {
      return refs.length > 0 ? '' : `<p>${escapeHtml(`[^${label}]:`)}</p>\n${this.parser.parse(content)}`;
    } };
  });
  return extensions ? { ...extension, extensions } : extension;
}

// Uses numbers for ids, because labels such as `label` and `ref-1` would collide with other ids.
function numberNotes(token: Token): void {
  if (token.type === 'footnoteRef') token['label'] = token['id'];
  if (token.type === 'footnotes') for (const note of token['items']) note.label = note.refs[0].id;
}

// Heading anchors have no underscore. All other ids of a page have one, so they can't collide.
function anchor(text: string, used: Map<string, number>): string {
  const slug = makeSlug(text) || 'section';
  let count = (used.get(slug) ?? 0) + 1;
  while (count > 1 && used.has(numberedSlug(slug, count))) count += 1;
  used.set(slug, count);
  const id = numberedSlug(slug, count);
  if (id !== slug) used.set(id, 1);
  return id;
}

/** The image that a token is, alone or with a link around it. */
function imageOf(token: Token): (Tokens.Image & { link?: Tokens.Link }) | undefined {
  if (isImage(token)) return token;
  const [only, ...others] = isLink(token) ? token.tokens : [];
  return only && isImage(only) && isLink(token) && others.length === 0 ? { ...only, link: token } : undefined;
}

function isImage(token: Token): token is Tokens.Image {
  return token.type === 'image';
}

function isLink(token: Token): token is Tokens.Link {
  return token.type === 'link';
}

function isLineBreak({ type, raw }: Token): boolean {
  return type === 'br' || (type === 'text' && raw.trim() === '');
}

function figure({ href, title }: Tokens.Image, alt: string, link: Tokens.Link | undefined): string {
  const caption = title ? `<figcaption>${escapeHtml(title)}</figcaption>` : '';
  const image = `<img src="${escapeHtml(href)}" alt="${escapeHtml(alt)}">`;
  return `<figure>${link ? `<a href="${escapeHtml(link.href)}"${link.title ? ` title="${escapeHtml(link.title)}"` : ''}>${image}</a>` : image}${caption}</figure>\n`;
}

const blocks = new Set(['p', 'li', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'tr', 'td', 'th', 'figure', 'figcaption', 'dt', 'dd', 'div', 'section', 'br', 'hr', 'summary', 'caption']);

/** Expects sanitised HTML. Leaves out footnote references and backlinks. */
export function plainText(html: string): string {
  let text = '';
  let skippedDepth = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (skippedDepth > 0 || attributes['href']?.startsWith('#note_')) skippedDepth += 1;
      else if (blocks.has(name)) text += '\n';
    },
    ontext(data) {
      if (skippedDepth === 0) text += data.replace(/\s+/g, ' ');
    },
    onclosetag(name) {
      if (skippedDepth > 0) skippedDepth -= 1;
      else if (blocks.has(name)) text += '\n';
    },
  });
  parser.end(html);
  return text.replace(/ +/g, ' ').replace(/ ?\n\s*/g, '\n').trim();
}
