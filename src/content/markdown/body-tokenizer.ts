import { Tokenizer, type Links, type MarkedExtension, type Tokens } from 'marked';
import markedCjkFriendly from 'marked-cjk-friendly';
import { bareAddress } from './bare-address.ts';
import { isHtmlBlock } from './raw-html.ts';

type TokenizerObject = NonNullable<MarkedExtension['tokenizer']>;

/** In characters. Without limits, marked scans the rest of the body for the end of each construct, which takes minutes for some bodies of a few kilobytes. */
const maxLookahead = { emphasis: 10_000, text: 1000, note: 1000 };
const emphasisBudget = { perCharacter: 20, min: 1_000_000 };

const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/u;

/** Stateful: each body needs its own tokenizer. */
export function bodyTokenizer(markdown: string, usedLinks: Set<string>): TokenizerObject {
  const { emStrong, del } = emphasisTokenizers(markdown);
  const repeatedLabels = findRepeatedLabels(markdown);
  return {
    emStrong,
    del,
    html(src) {
      return isHtmlBlock(src) ? false : undefined;
    },
    table(src) {
      // marked reads all rows before it checks that the second line is a delimiter row.
      const [, header = '', delimiterRow = ''] = /^([^\n]*)\n([^\n]*)/.exec(src) ?? [];
      if (!/[|:]/.test(delimiterRow) || countCells(header) > maxColumns) return undefined;
      return padTableHeader(Tokenizer.prototype.table.call(this, src), (padded) => Tokenizer.prototype.table.call(this, padded));
    },
    fences(src) {
      const token = Tokenizer.prototype.fences.call(this, src);
      // An info string that is not a language is text that readers should see.
      return token?.lang === undefined || languagePattern.test(token.lang) ? token : { ...token, lang: '', text: `${token.lang}\n${token.text}` };
    },
    tag(src) {
      const token = Tokenizer.prototype.tag.call(this, src);
      // marked treats the paragraph's text after a script tag as the script.
      if (token && /^<script/i.test(token.raw)) this.lexer.state.inRawBlock = false;
      return token;
    },
    def(src) {
      const token = Tokenizer.prototype.def.call(this, src);
      const known = token && this.lexer.tokens.links[token.tag];
      // marked drops a second definition of a label, which would lose text.
      const isConflicting = known !== undefined && (known.href !== token?.href || known.title !== token?.title);
      return token && (isConflicting || repeatedLabels.has(token.tag)) ? undefined : token;
    },
    reflink(src, links) {
      return Tokenizer.prototype.reflink.call(this, src, recordUsage(links, usedLinks));
    },
    url(src) {
      const address = bareAddress(src);
      return address === undefined ? undefined : Tokenizer.prototype.url.call(this, address);
    },
    inlineText(src) {
      return Tokenizer.prototype.inlineText.call(this, limitText(src));
    },
  };
}

/** marked pads each row to the same number of cells, so wider tables stay text. */
const maxColumns = 200;
/** One word with optional attributes: `js`, `js title="a.js"`, `{.python}`. */
const languagePattern = /^[\w+#./-]*(?:\s+[\w-]+=.*|\s*\{.*\})?$/;

/** Widens the header to the longest row, because GFM drops cells beyond the header's. */
function padTableHeader(table: Tokens.Table | undefined, parse: (markdown: string) => Tokens.Table | undefined): Tokens.Table | undefined {
  if (!table) return undefined;
  const [header = '', delimiterRow = '', ...rows] = table.raw.split('\n');
  const widest = rows.reduce((max, row) => Math.max(max, countCells(row)), 0);
  const missing = Math.min(maxColumns, widest) - table.header.length;
  if (missing <= 0) return table;
  const padded = parse([`${withClosingPipe(header)}${' |'.repeat(missing)}`, `${withClosingPipe(delimiterRow)}${'-|'.repeat(missing)}`, ...rows].join('\n'));
  return padded && { ...padded, raw: table.raw };
}

function withClosingPipe(row: string): string {
  const line = row.trimEnd();
  return /(?<!\\)\|$/.test(line) ? line : `${line}|`;
}

function countCells(row: string): number {
  return row.trim().replace(/^\|/, '').replace(/(?<!\\)\|$/, '').split(/(?<!\\)\|/).length;
}

/** For smart typography, which needs unescaped quotation marks. Escapes only <, which would begin a tag. */
export const unescapedText: TokenizerObject = {
  inlineText(src) {
    const [raw] = this.rules.inline.text.exec(limitText(src)) ?? [];
    return raw === undefined ? undefined : { type: 'text', raw, text: raw.replaceAll('<', '&lt;'), escaped: true };
  },
};

export function limitLookahead(extension: MarkedExtension): MarkedExtension {
  const extensions = extension.extensions?.map((one) => {
    if (!('tokenizer' in one) || one.level !== 'inline' || !one.tokenizer) return one;
    const { tokenizer } = one;
    return { ...one, tokenizer(this: ThisParameterType<typeof tokenizer>, src: string, tokens: Parameters<typeof tokenizer>[1]) {
      return src.startsWith('[') ? tokenizer.call(this, src.slice(0, maxLookahead.note), tokens) : undefined;
    } };
  });
  return extensions ? { ...extension, extensions } : extension;
}

function emphasisTokenizers(markdown: string): Pick<TokenizerObject, 'emStrong' | 'del'> {
  // Next to CJK punctuation, CommonMark's flanking rules make most delimiter runs literal text.
  const cjkFriendly = cjk.test(markdown) ? markedCjkFriendly().tokenizer : undefined;
  const rules = { emStrong: cjkFriendly?.emStrong ?? Tokenizer.prototype.emStrong, del: cjkFriendly?.del ?? Tokenizer.prototype.del };
  let remaining = emphasisBudget.min + emphasisBudget.perCharacter * markdown.length;
  return {
    emStrong(src, maskedSrc, prevChar) {
      if (src[0] !== '*' && src[0] !== '_') return undefined;
      const limited = limitSource(src, maskedSrc);
      remaining -= limited.src.length;
      return remaining < 0 ? undefined : rules.emStrong.call(this, limited.src, limited.maskedSrc, prevChar) || undefined;
    },
    del(src, maskedSrc, prevChar) {
      // A single tilde is text: “about”, or a range of numbers.
      if (!src.startsWith('~~')) return undefined;
      const limited = limitSource(src, maskedSrc);
      remaining -= limited.src.length;
      return remaining < 0 ? undefined : rules.del.call(this, limited.src, limited.maskedSrc, prevChar) || undefined;
    },
  };
}

/** `src` is a suffix of the text that `maskedSrc` masks, so their lengths give its start. */
function limitSource(src: string, maskedSrc: string): { src: string; maskedSrc: string } {
  if (src.length <= maxLookahead.emphasis) return { src, maskedSrc };
  const start = maskedSrc.length - src.length;
  return { src: src.slice(0, maxLookahead.emphasis), maskedSrc: maskedSrc.slice(Math.max(0, start - 2), start + maxLookahead.emphasis) };
}

function limitText(src: string): string {
  if (src.length <= maxLookahead.text) return src;
  const part = src.slice(0, maxLookahead.text);
  const end = part.search(/\s\S*$/);
  return end > 0 ? part.slice(0, end) : part;
}

function recordUsage(links: Links, used: Set<string>): Links {
  return new Proxy(links, {
    get(target, label: string) {
      const link = target[label];
      if (link) used.add(label);
      return link;
    },
  });
}

/** Labels with several definitions that have no URL, such as `[Q]: Why?` in an interview. These lines are text. */
function findRepeatedLabels(markdown: string): Set<string> {
  const seen = new Set<string>();
  const repeatedLabels = new Set<string>();
  for (const [, label = '', target = ''] of markdown.matchAll(/^ {0,3}\[((?:\\.|[^[\]\\\n]){1,200})\]:[ \t]*(\S*)/gm)) {
    const key = label.toLowerCase().replaceAll(/\s+/g, ' ');
    if (seen.has(key) && !/[/#@:]/.test(target)) repeatedLabels.add(key);
    seen.add(key);
  }
  return repeatedLabels;
}
