import sanitizeHtml, { type Attributes, type Tag } from 'sanitize-html';
import { canonicalLanguage } from '../site/language.ts';
import { sanitizeLink, sanitizePicture } from './body-links.ts';
import { withSoundStructure } from './html-structure.ts';
import type { BodyLabels } from './labels.ts';
import { levelHeadings, markBareLinks, scrollingBlocks, withoutEmptyHeadings, withoutIdleLinks } from './tidy-html.ts';
import { allowedTags } from './typed-html.ts';

const linkSchemes = ['http', 'https', 'mailto', 'tel'];

/**
 * HTML of an article's body by allow-list. Headings are levelled so that the first is an `h2` and none skips a
 * level; links to other sites get a `rel`; pictures of other sites become links to them, because no
 * reader's browser asks a third party for anything.
 *
 * @param site.siteUrl the site's own address, whose absolute links become relative to the root
 * @param isTyped whether some of it may have been written by hand, and stand anywhere
 */
export function sanitize(html: string, { siteUrl, labels }: { siteUrl: string; labels: BodyLabels }, { isTyped }: { isTyped: boolean }): string {
  const site = new URL(siteUrl);
  const ids = new Set<string>();
  const identified = (tagName: string, attribs: Attributes): Tag => ({ tagName, attribs: withOwnId(attribs, ids) });
  const sanitized = sanitizeHtml(html, {
    allowedTags: [...allowedTags],
    allowedAttributes: {
      '*': ['lang', 'dir'],
      'a': ['href', 'title', 'rel', 'id', 'aria-label', 'aria-describedby'],
      'abbr': ['title'],
      'dfn': ['title'],
      'img': ['src', 'alt', 'title', 'width', 'height', 'loading'],
      'li': ['id', 'value'],
      'ol': ['start', 'reversed', 'type'],
      'section': ['class'],
      'h1': ['id'], 'h2': ['id'], 'h3': ['id'], 'h4': ['id'], 'h5': ['id'], 'h6': ['id'],
      'th': ['scope', 'colspan', 'rowspan', 'class'],
      'td': ['colspan', 'rowspan', 'class'],
      'details': ['open'],
    },
    allowedClasses: { section: ['footnotes'], th: alignments, td: alignments },
    allowedSchemes: linkSchemes,
    allowedSchemesByTag: { img: ['http', 'https'] },
    allowProtocolRelative: false,
    transformTags: {
      'h1': identified, 'h2': identified, 'h3': identified, 'h4': identified, 'h5': identified, 'h6': identified,
      'a': (tagName, attribs) => ({ tagName, attribs: withOwnId(sanitizeLink(attribs, site), ids) }),
      'li': identified,
      'img': (_tagName, attribs) => sanitizePicture(attribs, site),
      'th': aligned,
      'td': aligned,
      '*': (tagName, attribs) => ({ tagName, attribs: withSoundValues(attribs) }),
    },
    selfClosing: ['img', 'br', 'hr', 'wbr'],
  });
  // Inside text and attributes every < and > is escaped: what is left are tags, and ` />` ends void elements.
  const tidied = withoutIdleLinks(withoutEmptyHeadings(sanitized.replaceAll(' />', '>')));
  return markBareLinks(scrollingBlocks(levelHeadings(isTyped ? withSoundStructure(tidied) : tidied, footnotesHeading), labels));
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

/** What HTML asks of the values of some attributes; one that does not hold is dropped. */
const soundValues: Record<string, (value: string) => boolean> = {
  'lang': (value) => canonicalLanguage(value) !== undefined,
  'dir': (value) => ['ltr', 'rtl', 'auto'].includes(value),
  'width': isSize,
  'height': isSize,
  'colspan': isSpan,
  'rowspan': isSpan,
  'scope': (value) => ['row', 'col', 'rowgroup', 'colgroup'].includes(value),
  'start': isInteger,
  'value': isInteger,
  'type': (value) => ['1', 'a', 'A', 'i', 'I'].includes(value),
  'open': (value) => value === '',
  'reversed': (value) => value === '',
  'aria-describedby': (value) => value === footnotesHeading,
};

function withSoundValues(attribs: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attribs).filter(([name, value]) => soundValues[name]?.(value) ?? true));
}

function isSize(value: string): boolean {
  return /^[1-9]\d{0,4}$/.test(value);
}

function isSpan(value: string): boolean {
  return /^[1-9]\d{0,2}$/.test(value);
}

function isInteger(value: string): boolean {
  return /^-?\d{1,9}$/.test(value);
}
