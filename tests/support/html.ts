import { parseDocument, DomUtils } from 'htmlparser2';

type Node = ReturnType<typeof parseDocument>['children'][number];
type Element = Extract<Node, { attribs: unknown }>;

/** The elements of served HTML that have a tag name and, if given, a class or an attribute's value. */
export function elements(html: string, name: string, attributes: Record<string, string> = {}): Element[] {
  const found = DomUtils.getElementsByTagName(name, parseDocument(html).children, true) as Element[];
  return found.filter((element) => Object.entries(attributes).every(([attribute, value]) => (attribute === 'class' ? (element.attribs['class'] ?? '').split(' ').includes(value) : element.attribs[attribute] === value)));
}

/** The one such element. */
export function element(html: string, name: string, attributes: Record<string, string> = {}): Element {
  const found = elements(html, name, attributes);
  const [first] = found;
  if (!first || found.length > 1) throw new Error(`${found.length} elements ${name} ${JSON.stringify(attributes)} where one was expected`);
  return first;
}

/** The text of an element, white space folded. */
export function text(node: Node): string {
  return DomUtils.textContent(node).replace(/\s+/g, ' ').trim();
}

/** An element as HTML. */
export function inner(node: Element): string {
  return DomUtils.getInnerHTML(node, { encodeEntities: 'utf8' });
}

/** Elements of that name within an element. */
export function within(node: Element, name: string): Element[] {
  return DomUtils.getElementsByTagName(name, node.children, true) as Element[];
}
