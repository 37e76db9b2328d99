import { Tokenizer, type Links, type MarkedExtension, type Tokens } from 'marked';
import markedCjkFriendly from 'marked-cjk-friendly';
import { bareAddress } from './bare-address.ts';
import { isMarkupBlock } from './typed-html.ts';

type TokenizerObject = NonNullable<MarkedExtension['tokenizer']>;

/**
 * How far ahead a construct is looked for, in characters. What does not end within that is text: marked would look
 * through the rest of the body for the end of each one, which takes minutes for some bodies of a few kilobytes.
 */
const reach = { emphasis: 10_000, text: 1000, note: 1000 };
/** How many characters are looked through for the ends of emphasis, for each character of a body, and in any body. */
const emphasisBudget = { each: 20, least: 1_000_000 };

const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/u;

/** How a body's Markdown is read, where that differs from marked. One body takes one of these. */
export function bodyTokenizer(markdown: string, usedLinks: Set<string>): TokenizerObject {
  const { emStrong, del } = emphasis(markdown);
  const repeated = repeatedDefinitions(markdown);
  return {
    emStrong,
    del,
    html(src) {
      return isMarkupBlock(src) ? false : undefined;
    },
    table(src) {
      // marked reads all rows before it sees that the second line is no line between head and rows.
      const [, first = '', second = ''] = /^([^\n]*)\n([^\n]*)/.exec(src) ?? [];
      if (!/[|:]/.test(second) || cellsOf(first) > mostColumns) return undefined;
      return wholeTable(Tokenizer.prototype.table.call(this, src), (wider) => Tokenizer.prototype.table.call(this, wider));
    },
    fences(src) {
      const token = Tokenizer.prototype.fences.call(this, src);
      // What follows a fence names the language; anything else there is text that somebody meant to be read.
      return token?.lang === undefined || isLanguage.test(token.lang) ? token : { ...token, lang: '', text: `${token.lang}\n${token.text}` };
    },
    tag(src) {
      const token = Tokenizer.prototype.tag.call(this, src);
      // marked takes what follows a script tag, to the end of the paragraph, for the script.
      if (token && /^<script/i.test(token.raw)) this.lexer.state.inRawBlock = false;
      return token;
    },
    def(src) {
      const token = Tokenizer.prototype.def.call(this, src);
      const known = token && this.lexer.tokens.links[token.tag];
      // marked drops a second definition of a label.
      const isOther = known !== undefined && (known.href !== token?.href || known.title !== token?.title);
      return token && (isOther || repeated.has(token.tag)) ? undefined : token;
    },
    reflink(src, links) {
      return Tokenizer.prototype.reflink.call(this, src, recording(links, usedLinks));
    },
    url(src) {
      const address = bareAddress(src);
      return address === undefined ? undefined : Tokenizer.prototype.url.call(this, address);
    },
    inlineText(src) {
      return Tokenizer.prototype.inlineText.call(this, upToSpace(src));
    },
  };
}

/** A table of more columns is text: every row has as many cells. */
const mostColumns = 200;
/** One word, with attributes or not: `js`, `js title="a.js"`, `{.python}`. */
const isLanguage = /^[\w+#./-]*(?:\s+[\w-]+=.*|\s*\{.*\})?$/;

/** A table in which no row has more cells than the first, which would hide them: the first row gets as many. */
function wholeTable(table: Tokens.Table | undefined, parse: (markdown: string) => Tokens.Table | undefined): Tokens.Table | undefined {
  if (!table) return undefined;
  const [head = '', rule = '', ...rows] = table.raw.split('\n');
  const widest = rows.reduce((most, row) => Math.max(most, cellsOf(row)), 0);
  const missing = Math.min(mostColumns, widest) - table.header.length;
  if (missing <= 0) return table;
  const wider = parse([`${closed(head)}${' |'.repeat(missing)}`, `${closed(rule)}${'-|'.repeat(missing)}`, ...rows].join('\n'));
  return wider && { ...wider, raw: table.raw };
}

function closed(row: string): string {
  const line = row.trimEnd();
  return /(?<!\\)\|$/.test(line) ? line : `${line}|`;
}

/** How many cells a row of a table has. */
function cellsOf(row: string): number {
  return row.trim().replace(/^\|/, '').replace(/(?<!\\)\|$/, '').split(/(?<!\\)\|/).length;
}

/**
 * For smart typography, which needs quotation marks as they were typed, and leaves text unescaped for that: a < in it
 * would begin a tag.
 */
export const unescapedText: TokenizerObject = {
  inlineText(src) {
    const [raw] = this.rules.inline.text.exec(upToSpace(src)) ?? [];
    return raw === undefined ? undefined : { type: 'text', raw, text: raw.replaceAll('<', '&lt;'), escaped: true };
  },
};

/** Limits how far the extensions of marked look ahead for an inline construct. */
export function withinReach(extension: MarkedExtension): MarkedExtension {
  const extensions = extension.extensions?.map((one) => {
    if (!('tokenizer' in one) || one.level !== 'inline' || !one.tokenizer) return one;
    const { tokenizer } = one;
    return { ...one, tokenizer(this: ThisParameterType<typeof tokenizer>, src: string, tokens: Parameters<typeof tokenizer>[1]) {
      return src.startsWith('[') ? tokenizer.call(this, src.slice(0, reach.note), tokens) : undefined;
    } };
  });
  return extensions ? { ...extension, extensions } : extension;
}

function emphasis(markdown: string): Pick<TokenizerObject, 'emStrong' | 'del'> {
  // Beside Chinese, Japanese and Korean punctuation CommonMark takes most asterisks for text.
  const friendly = cjk.test(markdown) ? markedCjkFriendly().tokenizer : undefined;
  const rules = { emStrong: friendly?.emStrong ?? Tokenizer.prototype.emStrong, del: friendly?.del ?? Tokenizer.prototype.del };
  let left = emphasisBudget.least + emphasisBudget.each * markdown.length;
  return {
    emStrong(src, maskedSrc, prevChar) {
      if (src[0] !== '*' && src[0] !== '_') return undefined;
      const ahead = lookAhead(src, maskedSrc);
      left -= ahead.src.length;
      return left < 0 ? undefined : rules.emStrong.call(this, ahead.src, ahead.maskedSrc, prevChar) || undefined;
    },
    del(src, maskedSrc, prevChar) {
      // One tilde stands for “about” and between numbers.
      if (!src.startsWith('~~')) return undefined;
      const ahead = lookAhead(src, maskedSrc);
      left -= ahead.src.length;
      return left < 0 ? undefined : rules.del.call(this, ahead.src, ahead.maskedSrc, prevChar) || undefined;
    },
  };
}

/** Both texts end together: where one begins in the other is told by their lengths. */
function lookAhead(src: string, maskedSrc: string): { src: string; maskedSrc: string } {
  if (src.length <= reach.emphasis) return { src, maskedSrc };
  const start = maskedSrc.length - src.length;
  return { src: src.slice(0, reach.emphasis), maskedSrc: maskedSrc.slice(Math.max(0, start - 2), start + reach.emphasis) };
}

/** A part of the text that cuts no word, unless the word is longer than any. */
function upToSpace(src: string): string {
  if (src.length <= reach.text) return src;
  const part = src.slice(0, reach.text);
  const end = part.search(/\s\S*$/);
  return end > 0 ? part.slice(0, end) : part;
}

/** Notes which link definitions are used. */
function recording(links: Links, used: Set<string>): Links {
  return new Proxy(links, {
    get(target, label: string) {
      const link = target[label];
      if (link) used.add(label);
      return link;
    },
  });
}

/**
 * Labels that are defined more than once, as the speakers of an interview are: `[Q]: Why?` is what was asked, and defines
 * no link.
 */
function repeatedDefinitions(markdown: string): Set<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const [, label = '', target = ''] of markdown.matchAll(/^ {0,3}\[((?:\\.|[^[\]\\\n]){1,200})\]:[ \t]*(\S*)/gm)) {
    const key = label.toLowerCase().replaceAll(/\s+/g, ' ');
    if (seen.has(key) && !/[/#@:]/.test(target)) repeated.add(key);
    seen.add(key);
  }
  return repeated;
}
