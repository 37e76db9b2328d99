import { DomUtils, parseDocument } from 'htmlparser2';

type Parent = ReturnType<typeof parseDocument>;
type Node = Parent['children'][number];
type Element = Extract<Node, { attribs: unknown }>;

const allowedParents: Record<string, string[]> = {
  li: ['ul', 'ol'],
  dt: ['dl'],
  dd: ['dl'],
  caption: ['table'],
  thead: ['table'],
  tbody: ['table'],
  tfoot: ['table'],
  tr: ['table', 'thead', 'tbody', 'tfoot'],
  th: ['tr'],
  td: ['tr'],
  figcaption: ['figure'],
  summary: ['details'],
};

const allowedChildren: Record<string, string[]> = {
  ul: ['li'],
  ol: ['li'],
  dl: ['dt', 'dd'],
  table: ['caption', 'thead', 'tbody', 'tfoot', 'tr'],
  thead: ['tr'],
  tbody: ['tr'],
  tfoot: ['tr'],
  tr: ['th', 'td'],
};

const blocks = names('p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre hr figure section details div');
/** Their content model is phrasing content (HTML, 3.2.5.2.5). */
const phrasingContainers = names('p h1 h2 h3 h4 h5 h6 pre summary em strong b i s u sub sup code kbd samp var abbr cite q mark small span dfn bdi bdo');
const voidElements = names('img br hr wbr');
/** Transparent content model: may contain whatever their parent may. */
const transparent = names('a ins del');

/** Replaces misplaced elements of sanitised HTML by their children. Otherwise the browser's error recovery could change the page around the body. */
export function enforceContentModel(html: string): string {
  const document = parseDocument(html);
  hoistInvalidChildren(document);
  for (const child of document.children.slice()) unwrapInvalid(child, { parentName: '', content: 'flow' });
  return document.children.map(toHtml).join('');
}

/** Moves invalid children in front of the whole list or table, as browsers do with tables (“foster parenting”). */
function hoistInvalidChildren(parent: Parent | Element): void {
  for (const child of parent.children.slice()) {
    if (isElement(child)) hoistInvalidChildren(child);
    if (isElement(parent) && !isAllowedChild(child, parent)) DomUtils.prepend(findWholeContainer(parent), child);
  }
}

function isAllowedChild(node: Node, { name }: Element): boolean {
  const allowed = allowedChildren[name];
  return allowed === undefined || (isElement(node) ? allowed.includes(node.name) : isBlank(node));
}

function findWholeContainer(element: Element): Element {
  const { parent } = element;
  return parent && isElement(parent) && allowedChildren[parent.name]?.includes(element.name) ? findWholeContainer(parent) : element;
}

interface Position {
  parentName: string;
  content: 'flow' | 'phrasing';
}

function unwrapInvalid(node: Node, position: Position): void {
  if (!isElement(node)) return;
  const { name, children } = node;
  const isValid = isAllowedAt(node, position);
  for (const child of children.slice()) {
    if (!isValid) DomUtils.prepend(node, child);
    unwrapInvalid(child, isValid ? positionWithin(name, position) : position);
  }
  if (!isValid || (allowedChildren[name] && !node.children.some(isElement))) DomUtils.removeElement(node);
}

function positionWithin(name: string, { content }: Position): Position {
  if (transparent.has(name)) return { parentName: name, content };
  return { parentName: name, content: phrasingContainers.has(name) ? 'phrasing' : 'flow' };
}

function isAllowedAt(element: Element, { parentName, content }: Position): boolean {
  const { name, attribs } = element;
  if (allowedParents[name] && !allowedParents[name].includes(parentName)) return false;
  if (content === 'phrasing' && blocks.has(name)) return false;
  if (name === 'bdo') return 'dir' in attribs;
  if (name === 'section') return attribs['class'] === 'footnotes';
  if (name === 'summary') return element.prev === null || (element.prev.prev === null && isBlank(element.prev));
  if (name === 'details') return firstElement(element)?.name === 'summary';
  if (name === 'figcaption') return element.next === null || element.prev === null;
  return true;
}

function firstElement(parent: Element): Element | undefined {
  return parent.children.find(isElement);
}

// Unlike the parser's serialiser, escapes < and > in attributes: the regular expressions in tidy-html.ts rely on that.
function toHtml(node: Node): string {
  if (!isElement(node)) return 'data' in node ? escapeText(node.data) : '';
  const { name, attribs, children } = node;
  const attributes = Object.entries(attribs).map(([attribute, value]) => (value === '' && attribute !== 'alt' ? ` ${attribute}` : ` ${attribute}="${escapeText(value).replaceAll('"', '&quot;')}"`));
  return `<${name}${attributes.join('')}>${voidElements.has(name) ? '' : `${children.map(toHtml).join('')}</${name}>`}`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function isElement(node: Node | Parent): node is Element {
  return 'attribs' in node;
}

function isBlank(node: Node): boolean {
  return 'data' in node && node.data.trim() === '';
}

function names(list: string): Set<string> {
  return new Set(list.split(' '));
}
