import { IntlMessageFormat } from 'intl-messageformat';
import { direction } from '../content/site/language.ts';
import { escapeHtml } from '../content/text/text.ts';
import type { Catalogue, Message, MessageArguments, MessageKey } from './catalogue.ts';

class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

type Chunk = string | Markup;

/** The value of an argument: text to escape, or {@link Messages.markup}. The value of a tag: the attributes of a link. */
type HtmlValue = string | number | Markup | Record<string, string>;

/** Every message may contain these tags. */
const elements = Object.fromEntries(['strong', 'em', 'code'].map((name) => [name, (chunks: Chunk[]) => new Markup(`<${name}>${toHtml(chunks)}</${name}>`)]));

/** The texts of the interface in one language. A message is compiled when it is first used. */
export class Messages {
  /** The BCP 47 tag for plurals, numbers and dates. */
  readonly language: string;
  readonly dir: 'ltr' | 'rtl';
  readonly #texts: Map<string, string>;
  readonly #compiled = new Map<string, string | IntlMessageFormat>();

  constructor(language: string, catalogue: Catalogue) {
    this.language = language;
    this.dir = direction(language);
    this.#texts = new Map(Object.entries(catalogue).flatMap(([group, texts]) => Object.entries(texts).map(([name, text]) => [`${group}.${name}`, text])));
  }

  /** A message as plain text, which views escape. This is a property so that callers can destructure it. */
  readonly text = <Key extends MessageKey>(key: Key, ...[values]: MessageArguments<Key>): string => {
    const compiled = this.#compile(key);
    return typeof compiled === 'string' ? compiled : String(compiled.format(values));
  };

  /** A message as HTML. Its tag `<front>…</front>` becomes a link with the attributes in `values.front`. */
  readonly html = (key: MessageKey, values: Record<string, HtmlValue> = {}): string => {
    const compiled = this.#compile(key);
    if (typeof compiled === 'string') return escapeHtml(compiled);
    const printed = compiled.format<Markup>({ ...elements, ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, isAttributes(value) ? link(value) : value])) });
    return toHtml(Array.isArray(printed) ? printed : [printed]);
  };

  /** Marks an argument of {@link Messages.html} as HTML, such as a `<time>`. */
  readonly markup = (html: string): Markup => new Markup(html);

  of({ key, values }: Message): string {
    const compiled = this.#compile(key);
    return typeof compiled === 'string' ? compiled : String(compiled.format(values));
  }

  /** The uncompiled texts of a group by key, for scripts, which fill in the arguments themselves. */
  source(group: keyof Catalogue): Record<string, string> {
    return Object.fromEntries([...this.#texts].filter(([key]) => key.startsWith(`${group}.`)));
  }

  #compile(key: string): string | IntlMessageFormat {
    const known = this.#compiled.get(key);
    if (known !== undefined) return known;
    const text = this.#texts.get(key);
    if (text === undefined) throw new RangeError(`There is no message “${key}”`);
    const format = new IntlMessageFormat(text, this.language);
    const isConstant = format.getAst().every(({ type }) => type === literal);
    const compiled = isConstant ? String(format.format()) : format;
    this.#compiled.set(key, compiled);
    return compiled;
  }
}

/** The library's node type for text without arguments. */
const literal = 0;

function isAttributes(value: HtmlValue): value is Record<string, string> {
  return typeof value === 'object' && !(value instanceof Markup);
}

function link(attributes: Record<string, string>): (chunks: Chunk[]) => Markup {
  const printed = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeHtml(value)}"`);
  return (chunks) => new Markup(`<a${printed.join('')}>${toHtml(chunks)}</a>`);
}

function toHtml(chunks: Chunk[]): string {
  return chunks.map((chunk) => (chunk instanceof Markup ? chunk.html : escapeHtml(String(chunk)))).join('');
}
