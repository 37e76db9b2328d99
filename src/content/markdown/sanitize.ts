import sanitizeHtml, { type Attributes, type Tag } from 'sanitize-html';
import { canonicalLanguage } from '../site/language.ts';
import { sanitizeLink, sanitizePicture } from './body-links.ts';
import { enforceContentModel } from './html-structure.ts';
import type { BodyLabels } from './labels.ts';
import { allowedTags } from './raw-html.ts';
import { levelHeadings, makeScrollable, markBareLinks, unwrapDeadLinks, withoutEmptyHeadings } from './tidy-html.ts';

const linkSchemes = ['http', 'https', 'mailto', 'tel'];

/** Sanitises by allow-list. Pictures of other sites become links, because pages request nothing from third parties. */
export function sanitize(html: string, { siteUrl, labels }: { siteUrl: string; labels: BodyLabels }, { hasRawHtml }: { hasRawHtml: boolean }): string {
  const site = new URL(siteUrl);
  const ids = new Set<string>();
  const withId = (tagName: string, attribs: Attributes): Tag => ({ tagName, attribs: withValidId(attribs, ids) });
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
      'div': ['class'],
      'h1': ['id'], 'h2': ['id'], 'h3': ['id'], 'h4': ['id'], 'h5': ['id'], 'h6': ['id'],
      'th': ['scope', 'colspan', 'rowspan', 'class'],
      'td': ['colspan', 'rowspan', 'class'],
      'details': ['open'],
    },
    allowedClasses: { section: ['footnotes'], div: ['pictures'], th: alignments, td: alignments },
    allowedSchemes: linkSchemes,
    allowedSchemesByTag: { img: ['http', 'https', 'picture'] },
    allowProtocolRelative: false,
    transformTags: {
      'h1': withId, 'h2': withId, 'h3': withId, 'h4': withId, 'h5': withId, 'h6': withId,
      'a': (tagName, attribs) => ({ tagName, attribs: withValidId(sanitizeLink(attribs, site), ids) }),
      'li': withId,
      'img': (_tagName, attribs) => sanitizePicture(attribs, site),
      'th': withAlignmentClass,
      'td': withAlignmentClass,
      '*': (tagName, attribs) => ({ tagName, attribs: withValidValues(attribs) }),
    },
    selfClosing: ['img', 'br', 'hr', 'wbr'],
  });
  // sanitize-html escapes < and > in text and attributes, so ` />` only ends void elements.
  const tidied = unwrapDeadLinks(withoutEmptyHeadings(sanitized.replaceAll(' />', '>')));
  return markBareLinks(makeScrollable(levelHeadings(hasRawHtml ? enforceContentModel(tidied) : tidied, footnotesHeading), labels));
}

const footnotesHeading = 'note_label';
const alignments = ['left', 'center', 'right'];

/** Other ids of a page have an underscore after another prefix, so raw HTML can't take them. */
function withValidId(attribs: Attributes, ids: Set<string>): Attributes {
  const { id, ...others } = attribs;
  if (id === undefined || ids.has(id) || !/^(?:note_\S+|[a-z0-9-]+)$/.test(id)) return others;
  ids.add(id);
  return attribs;
}

function withAlignmentClass(tagName: string, attribs: Attributes): Tag {
  const { align, ...others } = attribs;
  return { tagName, attribs: align ? { ...others, class: align } : others };
}

/** Attributes with values that HTML forbids are dropped. */
const validators: Record<string, (value: string) => boolean> = {
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

function withValidValues(attribs: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attribs).filter(([name, value]) => validators[name]?.(value) ?? true));
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
