import { escapeHtml } from '../text/text.ts';

/** Elements that a body may have. */
export const allowedTags: ReadonlySet<string> = names(
  'h1 h2 h3 h4 h5 h6 p blockquote ul ol li dl dt dd pre hr br figure figcaption img section details summary div table caption thead tbody tfoot tr th td a em strong b i s u del ins sub sup code kbd samp var abbr cite q mark small span dfn bdi bdo wbr',
);
/** Elements that show another document, which readers' pages do not: they become a link to it. */
const embedding = names('iframe frame video audio object embed');
/** What only tells a player or a plug-in how to show it. */
const parameters = names('source track param');
const empty = names('img br hr wbr');
/** Elements that end where their parent or their next sibling does, in HTML. */
const endingAlone = names('p li dt dd tr td th thead tbody tfoot');

/** Around the number of each tag that was typed, until all are known: no text has these characters. */
const [beforeNumber, afterNumber] = ['\u0001', '\u0002'];

/** A tag as CommonMark has it (0.31.2, 6.6): its slash, its name, its attributes. */
const tagSource = String.raw`<(\/?)([a-z][a-z0-9-]*)((?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>${'`'}]+|'[^']*'|"[^"]*"))?)*)\s*\/?>`;
const beginsWithTag = new RegExp(`^ {0,3}${tagSource.replace('(\\/?)', '\\/?')}`, 'i');

/** The typed HTML of one body: what was not kept as markup, and what is known so far. */
export interface TypedHtml {
  /** Such as `<script>`. */
  shownAsText: Set<string>;
  hasComment: boolean;
  /** The allowed tags as they were typed. */
  tags: string[];
  /** How many embedding elements are open, and the title of one that is still to name its source. */
  embeds: { open: number; title: string | undefined };
}

export function noTypedHtml(): TypedHtml {
  return { shownAsText: new Set(), hasComment: false, tags: [], embeds: { open: 0, title: undefined } };
}

/** Whether a block of a body that looks like HTML is some. What is not is a paragraph like any other. */
export function isMarkupBlock(src: string): boolean {
  const start = src.slice(0, 2000);
  if (/^ {0,3}<!--/.test(start)) return src.includes('-->');
  const [, name = ''] = /^ {0,3}<\/?([a-z][a-z0-9-]*)/i.exec(start) ?? [];
  const tag = name.toLowerCase();
  if (tag === 'pre') return /<\/pre>/i.test(src);
  return (allowedTags.has(tag) || embedding.has(tag) || parameters.has(tag)) && beginsWithTag.test(start);
}

/**
 * HTML as it was typed, with its tags marked for {@link settleTags}. What is not allowed is text, comments are left
 * out, and what embeds another document is a link to it.
 */
export function readTypedHtml(html: string, isBlock: boolean, body: TypedHtml): string {
  const part = new RegExp(String.raw`<!--[^]*?-->|${tagSource}|<[?!]?`, 'gi');
  return html.replace(part, (whole: string, slash: string | undefined, name: string | undefined, attributes: string | undefined) => {
    if (whole.startsWith('<!--')) {
      body.hasComment = true;
      return '';
    }
    const tag = name?.toLowerCase();
    if (tag !== undefined && allowedTags.has(tag)) return `${beforeNumber}${body.tags.push(whole) - 1}${afterNumber}<${slash}${tag}${attributesOf(attributes)}>`;
    if (tag !== undefined && (embedding.has(tag) || (parameters.has(tag) && body.embeds.open > 0))) return link(embedded(tag, slash === '/', readAttributes(attributes), body), isBlock);
    if (whole !== '<') body.shownAsText.add(tag === undefined ? whole : `<${tag}>`);
    return escapeHtml(whole);
  });
}

interface Embedded {
  address: string;
  title: string;
}

/** The document that a tag of an embedding element names, if it is the first of the element to do so. */
function embedded(tag: string, isEnd: boolean, attributes: Map<string, string>, { embeds }: TypedHtml): Embedded | undefined {
  const isParameter = parameters.has(tag);
  if (tag !== 'embed' && !isParameter) embeds.open += isEnd ? -1 : 1;
  if (isEnd || tag === 'track') return undefined;
  const isSource = /^(?:movie|src|url)$/i.test(attributes.get('name') ?? '');
  const address = attributes.get('src') ?? attributes.get('data') ?? (isSource ? attributes.get('value') : undefined) ?? '';
  const title = attributes.get('title') ?? (isParameter ? embeds.title : '');
  if (address === '' && !isParameter) embeds.title = title;
  if (address === '' || title === undefined) return undefined;
  embeds.title = undefined;
  return { address, title: title || address };
}

function link(embed: Embedded | undefined, isBlock: boolean): string {
  if (!embed) return '';
  const html = `<a href="${escapeHtml(embed.address)}">${escapeHtml(embed.title)}</a>`;
  return isBlock ? `<p>${html}</p>` : html;
}

function attributesOf(source = ''): string {
  return [...readAttributes(source)].map(([name, value]) => ` ${name}="${value.replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}"`).join('');
}

/** Attributes by name, as they were typed: the first of a name counts. */
function readAttributes(source = ''): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', unquoted, single, double] of source.matchAll(/([a-z_:][\w.:-]*)(?:\s*=\s*(?:([^\s"'=<>`]+)|'([^']*)'|"([^"]*)"))?/gi)) {
    const key = name.toLowerCase();
    if (!attributes.has(key)) attributes.set(key, unquoted ?? single ?? double ?? '');
  }
  return attributes;
}

/**
 * Makes text of each typed tag that does not belong to another within the element around it: one that is not closed
 * would take in what follows.
 *
 * @param html of a body, in which the renderer's own elements are closed
 */
export function settleTags(html: string, { tags, shownAsText }: TypedHtml): string {
  if (tags.length === 0) return html;
  const strays = findStrays(html);
  return html.replace(anyTag(), (whole, number: string | undefined, _slash, name: string, offset: number) => {
    // The end of a paragraph that a typed tag has ended already.
    if (number === undefined) return strays.has(offset) ? '' : whole;
    if (!strays.has(offset)) return whole.slice(whole.indexOf('<'));
    shownAsText.add(`<${name}>`);
    return escapeHtml(tags[Number(number)] ?? '');
  });
}

interface Open {
  name: string;
  isTyped: boolean;
  offset: number;
}

/** Where tags stand that have no partner: typed ones, and ends of paragraphs that a typed tag has ended. */
function findStrays(html: string): Set<number> {
  const strays = new Set<number>();
  const open: Open[] = [];
  const give = ({ name, offset }: Open) => {
    if (!endingAlone.has(name)) strays.add(offset);
  };
  // How many of a name are open: to look for one that is not there costs the whole stack.
  const counts = new Map<string, number>();
  const count = (name: string, by: number) => counts.set(name, (counts.get(name) ?? 0) + by);
  for (const match of html.matchAll(anyTag())) {
    const [, number, slash = '', name = ''] = match;
    const isTyped = number !== undefined;
    if (empty.has(name)) continue;
    if (slash === '') {
      open.push({ name, isTyped, offset: match.index });
      count(key(name, isTyped), 1);
      continue;
    }
    const depth = (counts.get(key(name, isTyped)) ?? 0) > 0 ? open.findLastIndex((one) => (isTyped ? isAround(one) || (one.isTyped && one.name === name) : !one.isTyped)) : -1;
    const partner = open[depth];
    if (partner?.name !== name || partner.isTyped !== isTyped) {
      if (isTyped || name === 'p') strays.add(match.index);
      continue;
    }
    for (const one of open.splice(depth)) {
      count(key(one.name, one.isTyped), -1);
      if (one !== partner && one.isTyped) give(one);
    }
  }
  for (const one of open) if (one.isTyped) give(one);
  return strays;
}

/** Whether a typed tag must end within an element. Of a paragraph that the renderer made it ends that one too, as in HTML. */
function isAround({ name, isTyped }: Open): boolean {
  return !isTyped && name !== 'p';
}

function key(name: string, isTyped: boolean): string {
  return isTyped ? `typed ${name}` : name;
}

function anyTag(): RegExp {
  return new RegExp(String.raw`(?:${beforeNumber}(\d+)${afterNumber})?<(\/?)([a-z][a-z0-9-]*)(?:\s[^<>]*)?>`, 'gi');
}

function names(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
