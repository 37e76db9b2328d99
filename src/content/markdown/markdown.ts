import { createHash } from 'node:crypto';
import { Parser } from 'htmlparser2';
import { Marked, type MarkedExtension, type Token, type Tokens } from 'marked';
import footnotes from 'marked-footnote';
import { markedSmartypants } from 'marked-smartypants';
import { makeSlug, numberedSlug } from '../articles/slug.ts';
import { cleanText, escapeHtml } from '../text/text.ts';
import { bodyTokenizer, unescapedText, withinReach } from './body-tokenizer.ts';
import type { BodyLabels } from './labels.ts';
import { boundNesting } from './nesting.ts';
import { sanitize } from './sanitize.ts';
import { scrollingBlocks } from './tidy-html.ts';
import { noTypedHtml, readTypedHtml, settleTags, type TypedHtml } from './typed-html.ts';

// Rises whenever renderMarkdown would make other HTML of the same text: stored HTML is then made again.
const markupVersion = 2;

export interface MarkdownOptions {
  /** The site's own address: links and pictures below it are the site's own. */
  siteUrl: string;
  /** Curly quotes, dashes and ellipses for straight ones. */
  smartTypography: boolean;
  labels: BodyLabels;
}

/**
 * The number that stored HTML is marked with, from 1 to 2³¹ − 1: a fingerprint of the markup's version and of the
 * options that change the HTML of a text.
 */
export function markupKey({ smartTypography, labels }: MarkdownOptions): number {
  const made = JSON.stringify([markupVersion, smartTypography, Object.entries(labels).toSorted()]);
  return 1 + (createHash('sha256').update(made).digest().readUInt32BE() % (2 ** 31 - 1));
}

/** What a body becomes when it is saved. */
export interface RenderedBody {
  /** Sanitised HTML; addresses on this site are relative to its root. */
  html: string;
  /** The words alone, blocks parted by line feeds. */
  text: string;
  /** The tags, such as `<script>`, that are not allowed or not closed, and so are shown as they were typed. */
  shownAsText: string[];
  /** Whether it holds an HTML comment, which readers do not see. */
  hasComment: boolean;
}

/**
 * CommonMark with GFM tables and footnotes, as sanitised HTML whose headings begin at `h2`. Never throws: a text
 * whose quotations or lists nest too deeply for the parser is shown as it was typed.
 */
export function renderMarkdown(markdown: string, options: MarkdownOptions): RenderedBody {
  const typed = noTypedHtml();
  const html = cleanText(safeHtml(markdown, options, typed)).trim();
  return { html, text: plainText(html), shownAsText: [...typed.shownAsText], hasComment: typed.hasComment };
}

function safeHtml(markdown: string, options: MarkdownOptions, typed: TypedHtml): string {
  try {
    return sanitize(settleTags(parse(cleanText(markdown), options, typed), typed), options, { isTyped: /<[a-z]/i.test(markdown) });
  } catch (error) {
    if (error instanceof RangeError) return scrollingBlocks(`<pre>${escapeHtml(markdown)}</pre>`, options.labels);
    throw error;
  }
}

function parse(text: string, options: MarkdownOptions, typed: TypedHtml): string {
  const markdown = boundNesting(text);
  const usedLinks = new Set<string>();
  // A new instance each time: footnotes keep their state in theirs, even after a text that made them throw.
  const marked = new Marked({ async: false, gfm: true }, withUnusedNotes(withinReach(footnotes(footnoteOptions(options.labels)))), { tokenizer: bodyTokenizer(markdown, usedLinks), renderer: renderer(usedLinks, typed), walkTokens: numberNotes });
  if (options.smartTypography) marked.use(markedSmartypants(), { tokenizer: unescapedText });
  return marked.parse(markdown, { async: false });
}

function footnoteOptions({ notes, backToReference }: BodyLabels) {
  return { prefixId: 'note_', description: escapeHtml(notes), backRefLabel: escapeHtml(backToReference) };
}

function renderer(usedLinks: ReadonlySet<string>, typed: TypedHtml) {
  const used = new Map<string, number>();
  return {
    heading(this: RendererThis, { tokens, depth }: Tokens.Heading): string {
      const html = this.parser.parseInline(tokens);
      return `<h${depth} id="${anchor(plainText(html), used)}">${html}</h${depth}>\n`;
    },
    paragraph(this: RendererThis, { tokens }: Tokens.Paragraph): string {
      const [only, ...others] = tokens;
      if (only && isImage(only) && others.length === 0) return figure(only, alternative(this, only));
      return `<p>${this.parser.parseInline(tokens)}</p>\n`;
    },
    image(this: RendererThis, token: Tokens.Image): string {
      return `<img src="${escapeHtml(token.href)}" alt="${escapeHtml(alternative(this, token))}"${token.title ? ` title="${escapeHtml(token.title)}"` : ''}>`;
    },
    checkbox({ checked }: Tokens.Checkbox): string {
      return checked ? '☑ ' : '☐ ';
    },
    html({ text, block }: Tokens.HTML | Tokens.Tag): string {
      return readTypedHtml(text, block, typed);
    },
    def({ tag, raw }: Tokens.Def): string {
      return usedLinks.has(tag) ? '' : `<p>${escapeHtml(raw.trim())}</p>\n`;
    },
  };
}

interface RendererThis {
  parser: { parseInline(tokens: Token[]): string };
}

/** The words of a picture's alternative text, which are Markdown as typed. */
function alternative({ parser }: RendererThis, { tokens, text }: Tokens.Image): string {
  return tokens ? plainText(parser.parseInline(tokens)) : text;
}

/** A note that nothing refers to is shown where it stands. */
function withUnusedNotes(extension: MarkedExtension): MarkedExtension {
  const extensions = extension.extensions?.map((one) => {
    if (one.name !== 'footnote') return one;
    return { ...one, renderer(this: { parser: { parse(tokens: Token[]): string } }, { refs, label, content }: Tokens.Generic): string {
      return refs.length > 0 ? '' : `<p>${escapeHtml(`[^${label}]:`)}</p>\n${this.parser.parse(content)}`;
    } };
  });
  return extensions ? { ...extension, extensions } : extension;
}

// Notes are called by their numbers: of the labels as typed, `label` and `ref-1` would take ids that others have.
function numberNotes(token: Token): void {
  if (token.type === 'footnoteRef') token['label'] = token['id'];
  if (token.type === 'footnotes') for (const note of token['items']) note.label = note.refs[0].id;
}

// Anchors of headings hold no underscore, and all other ids of a page do: they cannot meet.
function anchor(text: string, used: Map<string, number>): string {
  const slug = makeSlug(text) || 'section';
  let count = (used.get(slug) ?? 0) + 1;
  while (count > 1 && used.has(numberedSlug(slug, count))) count += 1;
  used.set(slug, count);
  const id = numberedSlug(slug, count);
  if (id !== slug) used.set(id, 1);
  return id;
}

function isImage(token: Token): token is Tokens.Image {
  return token.type === 'image';
}

function figure({ href, title }: Tokens.Image, alt: string): string {
  const caption = title ? `<figcaption>${escapeHtml(title)}</figcaption>` : '';
  return `<figure><img src="${escapeHtml(href)}" alt="${escapeHtml(alt)}">${caption}</figure>\n`;
}

const blocks = new Set(['p', 'li', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'tr', 'td', 'th', 'figure', 'figcaption', 'dt', 'dd', 'div', 'section', 'br', 'hr', 'summary', 'caption']);

/** The text of sanitised HTML, without the footnotes' numbers and their way back. */
export function plainText(html: string): string {
  let text = '';
  let skipping = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (skipping > 0 || attributes['href']?.startsWith('#note_')) skipping += 1;
      else if (blocks.has(name)) text += '\n';
    },
    ontext(data) {
      if (skipping === 0) text += data.replace(/\s+/g, ' ');
    },
    onclosetag(name) {
      if (skipping > 0) skipping -= 1;
      else if (blocks.has(name)) text += '\n';
    },
  });
  parser.end(html);
  return text.replace(/ +/g, ' ').replace(/ ?\n\s*/g, '\n').trim();
}
