import { parseDocument, DomUtils } from 'htmlparser2';

type Node = ReturnType<typeof parseDocument>['children'][number];
type Element = Extract<Node, { attribs: unknown }>;

/** All elements with a tag name, optionally with a class or the value of an attribute. */
export function elements(html: string, name: string, attributes: Record<string, string> = {}): Element[] {
  const found = DomUtils.getElementsByTagName(name, parsed(html).children, true) as Element[];
  return found.filter((element) => Object.entries(attributes).every(([attribute, value]) => (attribute === 'class' ? (element.attribs['class'] ?? '').split(' ').includes(value) : element.attribs[attribute] === value)));
}

let last: { html: string; document: ReturnType<typeof parseDocument> } | undefined;

/** Tests look up many elements of one page. */
export function parsed(html: string): ReturnType<typeof parseDocument> {
  if (last?.html !== html) last = { html, document: parseDocument(html) };
  return last.document;
}

/** The only such element. @throws if there is none or more than one */
export function element(html: string, name: string, attributes: Record<string, string> = {}): Element {
  const found = elements(html, name, attributes);
  const [first] = found;
  if (!first || found.length > 1) throw new Error(`${found.length} elements ${name} ${JSON.stringify(attributes)} where one was expected`);
  return first;
}

/** The text of an element, with white space collapsed. */
export function text(node: Node): string {
  return DomUtils.textContent(node).replace(/\s+/g, ' ').trim();
}

export function inner(node: Element): string {
  return DomUtils.getInnerHTML(node, { encodeEntities: 'utf8' });
}

export function within(node: Element, name: string): Element[] {
  return DomUtils.getElementsByTagName(name, node.children, true) as Element[];
}
