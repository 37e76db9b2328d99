import { Lexer, Tokenizer, type Token } from 'marked';
import { escapeHtml } from '../text/text.ts';

export interface Title {
  html: string;
  text: string;
}

/** Parses a title in inline Markdown, of which only emphasis has a meaning. Emphasis around the whole title is dropped. */
export function parseTitle(markdown: string): Title {
  if (!/[*_]/.test(markdown)) return { html: escapeHtml(markdown), text: markdown };
  const tokens = withoutOuterEmphasis(lexEmphasis(markdown));
  return { html: tokens.map(toHtml).join(''), text: tokens.map(toText).join('') };
}

class EmphasisTokenizer extends Tokenizer {
  override escape(): undefined {}
  override tag(): undefined {}
  override link(): undefined {}
  override reflink(): undefined {}
  override codespan(): undefined {}
  override br(): undefined {}
  override del(): undefined {}
  override autolink(): undefined {}
  override url(): undefined {}
}

function lexEmphasis(markdown: string): Token[] {
  const lexer = new Lexer({ tokenizer: new EmphasisTokenizer(), gfm: false });
  const tokenizer = lexer.options.tokenizer;
  if (!tokenizer) throw new Error('marked made a lexer without a tokenizer');
  // marked ignores asterisks within code, links, tags and escapes. Titles have none of these, so nothing may be masked.
  const neverMatches = /(?!)/g;
  const { inline } = tokenizer.rules;
  tokenizer.rules = { ...tokenizer.rules, inline: { ...inline, blockSkip: neverMatches, anyPunctuationOutsideCode: neverMatches } };
  return lexer.inlineTokens(markdown);
}

function withoutOuterEmphasis(tokens: Token[]): Token[] {
  const [only, ...others] = tokens;
  return only && others.length === 0 && isEmphasis(only) ? withoutOuterEmphasis(only.tokens) : tokens;
}

function isEmphasis(token: Token): token is Token & { type: 'em' | 'strong'; tokens: Token[] } {
  return token.type === 'em' || token.type === 'strong';
}

function toHtml(token: Token): string {
  if (!isEmphasis(token)) return escapeHtml(token.raw);
  return `<${token.type}>${token.tokens.map(toHtml).join('')}</${token.type}>`;
}

function toText(token: Token): string {
  return isEmphasis(token) ? token.tokens.map(toText).join('') : token.raw;
}
