import { DomUtils, parseDocument } from 'htmlparser2';

type Parent = ReturnType<typeof parseDocument>;
type Node = Parent['children'][number];
type Element = Extract<Node, { attribs: unknown }>;

/** Elements that stand only directly within these. */
const within: Record<string, string[]> = {
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

/** Elements that hold only these. */
const holding: Record<string, string[]> = {
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
const ofPhrases = names('p h1 h2 h3 h4 h5 h6 pre summary em strong b i s u sub sup code kbd samp var abbr cite q mark small span dfn bdi bdo');
const empty = names('img br hr wbr');
/** Elements that may hold what their own parent may. */
const transparent = names('a ins del');

/**
 * HTML whose elements stand only where HTML lets them: one that does not gives its place to what it holds. Typed HTML
 * may be anything; browsers would each mend it in a way that moves the page around it.
 *
 * @param html sanitised
 */
export function withSoundStructure(html: string): string {
  const document = parseDocument(html);
  moveStrays(document);
  for (const child of document.children.slice()) tidy(child, '', false);
  return document.children.map(toHtml).join('');
}

/** Moves what a list or a table may not hold out before it, as browsers do. */
function moveStrays(parent: Parent | Element): void {
  for (const child of parent.children.slice()) {
    if (isElement(child)) moveStrays(child);
    if (isElement(parent) && isStray(child, parent)) DomUtils.prepend(outermost(parent), child);
  }
}

function isStray(node: Node, { name }: Element): boolean {
  const held = holding[name];
  return held !== undefined && (isElement(node) ? !held.includes(node.name) : !isBlank(node));
}

/** The list or table that an element is a part of, nested parts and all. */
function outermost(element: Element): Element {
  const { parent } = element;
  return parent && isElement(parent) && holding[parent.name]?.includes(element.name) ? outermost(parent) : element;
}

function tidy(node: Node, parentName: string, onlyPhrases: boolean): void {
  if (!isElement(node)) return;
  const { name, children } = node;
  const stays = mayStand(node, parentName, onlyPhrases);
  for (const child of children.slice()) {
    if (!stays) DomUtils.prepend(node, child);
    if (stays) tidy(child, name, transparent.has(name) ? onlyPhrases : ofPhrases.has(name));
    else tidy(child, parentName, onlyPhrases);
  }
  if (!stays || (holding[name] && !node.children.some(isElement))) DomUtils.removeElement(node);
}

function mayStand(element: Element, parentName: string, onlyPhrases: boolean): boolean {
  const { name, attribs } = element;
  if (within[name] && !within[name].includes(parentName)) return false;
  if (onlyPhrases && blocks.has(name)) return false;
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

// Not the parser's own serialiser, which leaves < and > in attributes: whoever reads sanitised HTML relies on there being none.
function toHtml(node: Node): string {
  if (!isElement(node)) return 'data' in node ? escapeText(node.data) : '';
  const { name, attribs, children } = node;
  const attributes = Object.entries(attribs).map(([attribute, value]) => (value === '' && attribute !== 'alt' ? ` ${attribute}` : ` ${attribute}="${escapeText(value).replaceAll('"', '&quot;')}"`));
  return `<${name}${attributes.join('')}>${empty.has(name) ? '' : `${children.map(toHtml).join('')}</${name}>`}`;
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
