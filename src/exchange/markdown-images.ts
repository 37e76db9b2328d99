import { Parser } from 'htmlparser2';
import { maskCode } from './mask-code.ts';

/** An image in a Markdown text, or a link reference definition that images use. */
export interface MarkdownImage {
  destination: string;
  alt: string;
  title: string;
  /** From 1. */
  line: number;
  /** Where the destination stands in the text. */
  range: Range;
  /** The image, or the definition and all of its images. */
  whole: Range[];
}

export interface Range {
  start: number;
  end: number;
}

export function mayHaveImages(markdown: string): boolean {
  return markdown.includes('![') || /<img\s/i.test(markdown);
}

/** Finds inline images, images with reference definitions, and `<img>` tags, in the order of their destinations. Code is left out. Takes time proportional to the text's length. */
export function findImages(markdown: string): MarkdownImage[] {
  const scanner = new Scanner(markdown);
  scanner.scan();
  return numberLines(markdown, scanner.images.toSorted((one, other) => one.range.start - other.range.start));
}

function numberLines(text: string, images: FoundImage[]): MarkdownImage[] {
  let line = 1;
  let at = 0;
  return images.map((image) => {
    for (let end = text.indexOf('\n', at); end >= 0 && end < image.range.start; end = text.indexOf('\n', at)) {
      line += 1;
      at = end + 1;
    }
    return { ...image, line };
  });
}

/** @param replace returns a new destination; undefined leaves the image as it is, and null removes it */
export function replaceImages(markdown: string, images: MarkdownImage[], replace: (image: MarkdownImage) => string | null | undefined): string {
  const edits: (Range & { text: string })[] = [];
  for (const image of images) {
    const destination = replace(image);
    if (typeof destination === 'string') edits.push({ ...image.range, text: destination });
    // The alternative text keeps a link around the image from being empty.
    else if (destination === null) edits.push(...image.whole.map((range) => ({ ...range, text: markdown[range.start - 1] === '[' ? image.alt : '' })));
  }
  let result = '';
  let end = 0;
  for (const edit of edits.toSorted((one, other) => one.start - other.start)) {
    result += markdown.slice(end, edit.start) + edit.text;
    end = edit.end;
  }
  return result + markdown.slice(end);
}

/** In characters. Without this limit, nested brackets would take quadratic time. */
const maxLabelLength = 1000;

type FoundImage = Omit<MarkdownImage, 'line'>;

interface Definition {
  destination: string;
  title: string;
  range: Range;
  whole: Range;
}

class Scanner {
  readonly images: FoundImage[] = [];
  readonly #source: string;
  /** Without code. */
  readonly #text: string;
  /** The closing brackets, by their opening ones. */
  readonly #brackets: Map<number, number>;
  readonly #byDefinition = new Map<Definition, FoundImage>();
  #definitions: Map<string, Definition> | undefined;

  constructor(source: string) {
    this.#source = source;
    this.#text = maskCode(source);
    this.#brackets = matchBrackets(this.#text);
  }

  scan(): void {
    const special = /\\.|!\[|<img(?=\s)/gis;
    for (let found = special.exec(this.#text); found; found = special.exec(this.#text)) {
      const imageEnd = this.#read(found[0].toLowerCase(), found.index);
      if (imageEnd !== undefined) special.lastIndex = imageEnd;
    }
  }

  /** Returns where the image ends; undefined if there is none. */
  #read(token: string, start: number): number | undefined {
    if (token === '<img') return this.#add(readTag(this.#source, start), start);
    return token === '![' ? this.#readMarkdown(start) : undefined;
  }

  #add(image: Inline | undefined, start: number): number | undefined {
    if (!image) return undefined;
    const { end, ...others } = image;
    this.images.push({ ...others, whole: [{ start, end }] });
    return end;
  }

  #readMarkdown(start: number): number | undefined {
    const close = this.#brackets.get(start + 1);
    if (close === undefined) return undefined;
    const alt = this.#source.slice(start + 2, close);
    const inline = this.#text[close + 1] === '(' ? readInline(this.#source, close + 1) : undefined;
    return inline ? this.#add({ ...inline, alt: plain(alt) }, start) : this.#readReference(start, close, alt);
  }

  #readReference(start: number, close: number, alt: string): number | undefined {
    const [written, label = ''] = matchAt(/\[((?:\\.|[^[\]\\]){0,200})\]/y, this.#text, close + 1) ?? [''];
    this.#definitions ??= findDefinitions(this.#text);
    const name = label.trim() === '' ? alt : label;
    const definition = name.length <= maxLabelLength ? this.#definitions.get(labelKey(name)) : undefined;
    if (!definition) return undefined;
    const end = close + 1 + written.length;
    const known = this.#byDefinition.get(definition);
    known?.whole.push({ start, end });
    if (!known) this.images.push(this.#remember(definition, { ...definition, alt: plain(alt), whole: [definition.whole, { start, end }] }));
    return end;
  }

  #remember(definition: Definition, image: FoundImage): FoundImage {
    this.#byDefinition.set(definition, image);
    return image;
  }
}

/** Both brackets must stand in the same block, so a blank line ends the search. */
function matchBrackets(text: string): Map<number, number> {
  const pairs = new Map<number, number>();
  let open: number[] = [];
  for (const { 0: token, index } of text.matchAll(/\\.|[[\]]|\n[ \t]*(?=\n)/gs)) {
    if (token === '[') open.push(index);
    else if (token.startsWith('\n')) open = [];
    const opening = token === ']' ? open.pop() : undefined;
    if (opening !== undefined) pairs.set(opening, index);
  }
  return pairs;
}

interface Inline extends Omit<FoundImage, 'whole'> {
  end: number;
}

const titleSource = String.raw`"(?:\\[^]|[^"\\]){0,2000}"|'(?:\\[^]|[^'\\]){0,2000}'|\((?:\\[^]|[^()\\]){0,2000}\)`;
const space = String.raw`[ \t]*(?:\n[ \t]*)?`;
/** Destinations in angle brackets, and those with balanced parentheses of one level or two. */
const destinationSource = String.raw`<(?:\\.|[^\\<>\n])*>|(?:\\[^\s]|[^\s\\()<]|\((?:\\[^\s]|[^\s\\()]|\((?:\\[^\s]|[^\s\\()])*\))*\))(?:\\[^\s]|[^\s\\()]|\((?:\\[^\s]|[^\s\\()]|\((?:\\[^\s]|[^\s\\()])*\))*\))*`;
const standard = new RegExp(String.raw`\(${space}(${destinationSource})(?:${space}(?<=\s)(${titleSource}))?${space}\)`, 'dy');
/** CommonMark forbids spaces here, but other programs write them. */
const withSpaces = new RegExp(String.raw`\([ \t]*(?=\S)([^\n<>"]{1,500}?\.(?:jpe?g|png|webp|avif|gif|hei[cf]))(?:[ \t]+(${titleSource}))?[ \t]*\)`, 'diy');

function readInline(text: string, start: number): Inline | undefined {
  const match = matchAt(standard, text, start) ?? matchAt(withSpaces, text, start);
  const [from, to] = match?.indices?.[1] ?? [];
  if (!match || from === undefined || to === undefined) return undefined;
  return { destination: readDestination(match[1] ?? ''), alt: '', title: readTitle(match[2]), range: { start: from, end: to }, end: start + match[0].length };
}

function readDestination(written: string): string {
  return plain(written.replace(/^<(.*)>$/s, '$1'));
}

function readTitle(written = ''): string {
  return plain(written.slice(1, -1)).replace(/\s+/g, ' ');
}

/** Resolves backslash escapes and the most common character reference. */
function plain(markdown: string): string {
  return markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1').replaceAll('&amp;', '&');
}

const definitionPattern = new RegExp(String.raw`^[ \t>]{0,20}\[(?!\^)((?:\\.|[^[\]\\\n]){1,200})\]:${space}(<[^<>\n]*>|[^\s<]\S*)(?:(?:[ \t]+|[ \t]*\n[ \t]*)(${titleSource}))?[ \t]*$`, 'dgm');

/** Of several definitions of a label, the first counts. */
function findDefinitions(text: string): Map<string, Definition> {
  const definitions = new Map<string, Definition>();
  for (const match of text.matchAll(definitionPattern)) {
    const [start, end] = match.indices?.[2] ?? [0, 0];
    const key = labelKey(match[1] ?? '');
    if (!definitions.has(key)) definitions.set(key, { destination: readDestination(match[2] ?? ''), title: readTitle(match[3]), range: { start, end }, whole: { start: match.index, end: match.index + match[0].length } });
  }
  return definitions;
}

function labelKey(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase();
}

const tagPattern = /<img(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*\/?>/iy;
const sourcePattern = /\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))/di;

function readTag(text: string, start: number): Inline | undefined {
  const [tag] = matchAt(tagPattern, text, start) ?? [];
  const match = sourcePattern.exec(tag ?? '');
  const [from, to] = match?.indices?.slice(1).find((range) => range !== undefined) ?? [];
  if (tag === undefined || from === undefined || to === undefined) return undefined;
  const { src = '', alt = '', title = '' } = attributesOf(tag);
  return { destination: src.trim(), alt, title, range: { start: start + from, end: start + to }, end: start + tag.length };
}

function attributesOf(tag: string): Record<string, string> {
  let found: Record<string, string> = {};
  const parser = new Parser({
    onopentag(_name, attributes) {
      found = attributes;
    },
  });
  parser.end(tag);
  return found;
}

function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}
