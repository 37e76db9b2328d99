import { escapeHtml } from '../text/text.ts';

export const allowedTags: ReadonlySet<string> = names(
  'h1 h2 h3 h4 h5 h6 p blockquote ul ol li dl dt dd pre hr br figure figcaption img section details summary div table caption thead tbody tfoot tr th td a em strong b i s u del ins sub sup code kbd samp var abbr cite q mark small span dfn bdi bdo wbr',
);
/** These become links, because pages load nothing from other sites. */
const embedding = names('iframe frame video audio object embed');
const embedParameters = names('source track param');
const voidElements = names('img br hr wbr');
/** Elements whose end tag may be omitted (HTML, 13.1.2.4). */
const optionalEndTags = names('p li dt dd tr td th thead tbody tfoot');

/** `cleanText` strips these characters from all input, so they can delimit the index of each raw tag. */
const [markStart, markEnd] = ['\u0001', '\u0002'];

/** A tag (CommonMark 0.31.2, 6.6). Captures the slash, the name and the attributes. */
const tagSource = String.raw`<(\/?)([a-z][a-z0-9-]*)((?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>${'`'}]+|'[^']*'|"[^"]*"))?)*)\s*\/?>`;
const leadingTag = new RegExp(`^ {0,3}${tagSource.replace('(\\/?)', '\\/?')}`, 'i');

export interface RawHtmlState {
  shownAsText: Set<string>;
  hasComment: boolean;
  rawTags: string[];
  embeds: { openCount: number; pendingTitle: string | undefined };
}

export function initialRawHtmlState(): RawHtmlState {
  return { shownAsText: new Set(), hasComment: false, rawTags: [], embeds: { openCount: 0, pendingTitle: undefined } };
}

/** Blocks that begin with an unknown tag are ordinary paragraphs. */
export function isHtmlBlock(src: string): boolean {
  const start = src.slice(0, 2000);
  if (/^ {0,3}<!--/.test(start)) return src.includes('-->');
  const [, name = ''] = /^ {0,3}<\/?([a-z][a-z0-9-]*)/i.exec(start) ?? [];
  const tag = name.toLowerCase();
  if (tag === 'pre') return /<\/pre>/i.test(src);
  return (allowedTags.has(tag) || embedding.has(tag) || embedParameters.has(tag)) && leadingTag.test(start);
}

/** Escapes forbidden tags, drops comments, links embedded documents, and marks tags for {@link escapeUnmatchedTags}. */
export function renderHtmlBlock(html: string, state: RawHtmlState): string {
  return renderTags(html, state, (link) => `<p>${link}</p>`);
}

export function renderInlineHtml(html: string, state: RawHtmlState): string {
  return renderTags(html, state, (link) => link);
}

function renderTags(html: string, state: RawHtmlState, wrapLink: (link: string) => string): string {
  const part = new RegExp(String.raw`<!--[^]*?-->|${tagSource}|<[?!]?`, 'gi');
  return html.replace(part, (whole: string, slash: string | undefined, name: string | undefined, attributes: string | undefined) => {
    if (whole.startsWith('<!--')) {
      state.hasComment = true;
      return '';
    }
    const tag = name?.toLowerCase();
    if (tag !== undefined && allowedTags.has(tag)) return `${markStart}${state.rawTags.push(whole) - 1}${markEnd}<${slash}${tag}${serializeAttributes(attributes)}>`;
    if (tag !== undefined && (embedding.has(tag) || (embedParameters.has(tag) && state.embeds.openCount > 0))) {
      if (slash === '/') return closeEmbed(tag, state);
      const embed = openEmbed(tag, readAttributes(attributes), state);
      return embed ? wrapLink(`<a href="${escapeHtml(embed.address)}">${escapeHtml(embed.title)}</a>`) : '';
    }
    if (whole !== '<') state.shownAsText.add(tag === undefined ? whole : `<${tag}>`);
    return escapeHtml(whole);
  });
}

interface Embed {
  address: string;
  title: string;
}

function closeEmbed(tag: string, { embeds }: RawHtmlState): '' {
  if (isEmbedContainer(tag)) embeds.openCount -= 1;
  return '';
}

function isEmbedContainer(tag: string): boolean {
  return embedding.has(tag) && tag !== 'embed';
}

/** The embedded document, if the tag is the first of its embedding element to name a source. */
function openEmbed(tag: string, attributes: Map<string, string>, { embeds }: RawHtmlState): Embed | undefined {
  const isParameter = embedParameters.has(tag);
  if (isEmbedContainer(tag)) embeds.openCount += 1;
  if (tag === 'track') return undefined;
  const isSource = /^(?:movie|src|url)$/i.test(attributes.get('name') ?? '');
  const address = attributes.get('src') ?? attributes.get('data') ?? (isSource ? attributes.get('value') : undefined) ?? '';
  const title = attributes.get('title') ?? (isParameter ? embeds.pendingTitle : '');
  if (address === '' && !isParameter) embeds.pendingTitle = title;
  if (address === '' || title === undefined) return undefined;
  embeds.pendingTitle = undefined;
  return { address, title: title || address };
}

function serializeAttributes(source = ''): string {
  return [...readAttributes(source)].map(([name, value]) => ` ${name}="${value.replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}"`).join('');
}

function readAttributes(source = ''): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', unquoted, single, double] of source.matchAll(/([a-z_:][\w.:-]*)(?:\s*=\s*(?:([^\s"'=<>`]+)|'([^']*)'|"([^"]*)"))?/gi)) {
    const key = name.toLowerCase();
    if (!attributes.has(key)) attributes.set(key, unquoted ?? single ?? double ?? '');
  }
  return attributes;
}

/** Escapes raw tags without a partner in their parent element, because an unclosed element would swallow the content after it. */
export function escapeUnmatchedTags(html: string, { rawTags, shownAsText }: RawHtmlState): string {
  if (rawTags.length === 0) return html;
  const unmatched = findUnmatchedTags(html);
  return html.replace(anyTag(), (whole, number: string | undefined, _slash, name: string, offset: number) => {
    if (number === undefined) return unmatched.has(offset) ? '' : whole;
    if (!unmatched.has(offset)) return whole.slice(whole.indexOf('<'));
    shownAsText.add(`<${name}>`);
    return escapeHtml(rawTags[Number(number)] ?? '');
  });
}

interface OpenElement {
  name: string;
  isRaw: boolean;
  offset: number;
}

/** Offsets of raw tags without a partner, and of end tags of paragraphs that a raw tag has ended. */
function findUnmatchedTags(html: string): Set<number> {
  const unmatched = new Set<number>();
  const open: OpenElement[] = [];
  const addUnclosed = ({ name, offset }: OpenElement) => {
    if (!optionalEndTags.has(name)) unmatched.add(offset);
  };
  // Saves scanning the whole stack for an element that is not open.
  const openCounts = new Map<string, number>();
  const count = (name: string, by: number) => openCounts.set(name, (openCounts.get(name) ?? 0) + by);
  for (const match of html.matchAll(anyTag())) {
    const [, number, slash = '', name = ''] = match;
    const isRaw = number !== undefined;
    if (voidElements.has(name)) continue;
    if (slash === '') {
      open.push({ name, isRaw, offset: match.index });
      count(countKey({ name, isRaw }), 1);
      continue;
    }
    const partnerIndex = (openCounts.get(countKey({ name, isRaw })) ?? 0) > 0 ? open.findLastIndex((one) => (isRaw ? isBoundary(one) || (one.isRaw && one.name === name) : !one.isRaw)) : -1;
    const partner = open[partnerIndex];
    if (partner?.name !== name || partner.isRaw !== isRaw) {
      if (isRaw || name === 'p') unmatched.add(match.index);
      continue;
    }
    for (const one of open.splice(partnerIndex)) {
      count(countKey(one), -1);
      if (one !== partner && one.isRaw) addUnclosed(one);
    }
  }
  for (const one of open) if (one.isRaw) addUnclosed(one);
  return unmatched;
}

/** A raw end tag can end the renderer's paragraphs, as in HTML, but no other element of the renderer. */
function isBoundary({ name, isRaw }: OpenElement): boolean {
  return !isRaw && name !== 'p';
}

function countKey({ name, isRaw }: Pick<OpenElement, 'name' | 'isRaw'>): string {
  return isRaw ? `raw ${name}` : name;
}

function anyTag(): RegExp {
  return new RegExp(String.raw`(?:${markStart}(\d+)${markEnd})?<(\/?)([a-z][a-z0-9-]*)(?:\s[^<>]*)?>`, 'gi');
}

function names(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
