import sanitizeHtml, { type Attributes, type Tag } from 'sanitize-html';

const linkSchemes = ['http', 'https', 'mailto', 'tel'];

const allowedTags = [
  'h2 h3 h4 h5 h6 p blockquote ul ol li dl dt dd pre hr br figure figcaption img section details summary div',
  'table caption thead tbody tfoot tr th td',
  'a em strong b i s u del ins sub sup code kbd samp var abbr cite q mark small span dfn bdi bdo wbr',
].flatMap((names) => names.split(' '));

/**
 * HTML of an article's body by allow-list. Headings are levelled so that the first is an `h2` and none skips a
 * level; links to other sites get a `rel`; pictures of other sites become links to them, because no
 * reader's browser asks a third party for anything.
 *
 * @param siteUrl the site's own address, whose absolute links become relative to the root
 */
export function sanitize(html: string, siteUrl: string): string {
  const outline: number[] = [];
  const ids = new Set<string>();
  const heading = (tagName: string, attribs: Attributes): Tag => {
    const level = attribs['id'] === footnotesHeading ? 1 : Number(tagName[1]);
    return { tagName: levelled(level, outline), attribs: withOwnId(attribs, ids) };
  };
  const sanitized = sanitizeHtml(html, {
    allowedTags,
    allowedAttributes: {
      '*': ['lang', 'dir'],
      'a': ['href', 'title', 'rel', 'id', 'aria-label', 'aria-describedby'],
      'abbr': ['title'],
      'dfn': ['title'],
      'img': ['src', 'alt', 'title', 'width', 'height', 'loading'],
      'li': ['id', 'value'],
      'ol': ['start', 'reversed', 'type'],
      'section': ['class'],
      'h2': ['id'], 'h3': ['id'], 'h4': ['id'], 'h5': ['id'], 'h6': ['id'],
      'th': ['scope', 'colspan', 'rowspan', 'class'],
      'td': ['colspan', 'rowspan', 'class'],
      'div': ['class', 'aria-label', { name: 'tabindex', values: ['0'] }, { name: 'role', values: ['group'] }],
      'details': ['open'],
    },
    allowedClasses: { section: ['footnotes'], th: alignments, td: alignments, div: ['scrolling'] },
    allowedSchemes: linkSchemes,
    allowedSchemesByTag: { img: ['http', 'https'] },
    allowProtocolRelative: false,
    transformTags: {
      h1: heading, h2: heading, h3: heading, h4: heading, h5: heading, h6: heading,
      a: (tagName, attribs) => ({ tagName, attribs: withOwnId(link(attribs, siteUrl), ids) }),
      li: (tagName, attribs) => ({ tagName, attribs: withOwnId(attribs, ids) }),
      img: (_tagName, attribs) => picture(attribs, siteUrl),
      th: aligned,
      td: aligned,
    },
    exclusiveFilter: (frame) => /^h[1-6]$/.test(frame.tag) && frame.text.trim() === '',
  });
  // Inside text and attributes every > is escaped: what is left are the ends of void elements.
  return sanitized.replaceAll(' />', '>');
}

/** The id that the footnotes' heading is given. */
const footnotesHeading = 'note_label';
const alignments = ['left', 'center', 'right'];

/**
 * Keeps an id only if it is the first of its name and of the form that the renderer makes: raw HTML must not
 * take an id of the page around the body, and these all hold an underscore behind another prefix.
 */
function withOwnId(attribs: Attributes, ids: Set<string>): Attributes {
  const { id, ...others } = attribs;
  if (id === undefined || ids.has(id) || !/^(?:note_\S+|[a-z0-9-]+)$/.test(id)) return others;
  ids.add(id);
  return attribs;
}

function aligned(tagName: string, attribs: Attributes): Tag {
  const { align, ...others } = attribs;
  return { tagName, attribs: align ? { ...others, class: align } : others };
}

function levelled(level: number, outline: number[]): string {
  while (outline.length > 0 && (outline.at(-1) ?? 0) >= level) outline.pop();
  outline.push(level);
  return `h${Math.min(outline.length + 1, 6)}`;
}

function link(attribs: Attributes, siteUrl: string): Attributes {
  const { rel: _rel, ...kept } = attribs;
  const href = ownPath(attribs['href'] ?? '', siteUrl);
  return isElsewhere(href) ? { ...kept, href, rel: 'external noopener' } : { ...kept, href };
}

function picture(attribs: Attributes, siteUrl: string): Tag {
  const src = ownPath(attribs['src'] ?? '', siteUrl);
  const alt = attribs['alt'] ?? '';
  if (isElsewhere(src)) return { tagName: 'a', attribs: { href: src, rel: 'external noopener' }, text: alt || src };
  if (src === '' || /^[a-z][a-z0-9+.-]*:/i.test(src)) return { tagName: 'span', attribs: {}, text: alt };
  return { tagName: 'img', attribs: { ...attribs, src, alt, loading: 'lazy' } };
}

function ownPath(address: string, siteUrl: string): string {
  const trimmed = address.trim();
  if (trimmed.startsWith(`${siteUrl}/`)) return trimmed.slice(siteUrl.length);
  return trimmed.startsWith('//') ? `https:${trimmed}` : trimmed;
}

function isElsewhere(address: string): boolean {
  return /^https?:/i.test(address);
}
