import { Parser } from 'htmlparser2';
import type { TextOverrides } from './picture.ts';

/** A place in a rendered body for a picture of the library. Its HTML is made with the page, because the picture's own texts may change. */
export interface PlacedPicture extends TextOverrides {
  id: number;
  /** Stands alone, so it can have a caption. Other pictures are part of a line. */
  isFigure: boolean;
  /** The start tag of a link around the picture of a figure; empty if there is none. Links in lines are part of the text. */
  linkHtml: string;
}

/** The addresses of a picture in Markdown: `![alt](picture:7 "caption")`, or that of a rendition, `/pictures/7-0a1b2c3d4e5f/640.jpg`. */
const addresses = /\bpicture:(\d{1,9})(?!\d)|\bpictures\/([1-9]\d{0,8})-[0-9a-f]{12}\//g;

/** The ids of all pictures that a Markdown text may show, each once. Those in code, in links and in addresses of other sites count too. */
export function pictureIdsIn(markdown: string): number[] {
  return [...new Set([...markdown.matchAll(addresses)].map(([, id, idOfPath]) => Number(id ?? idOfPath)))];
}

/** The id of the picture at a path on this site, such as `/pictures/7-0a1b2c3d4e5f/640.jpg`. */
export function pictureIdOfPath(path: string): number | undefined {
  const [, id] = /^\/pictures\/([1-9]\d{0,8})-[0-9a-f]{12}\/[^/]+$/.exec(path) ?? [];
  return id === undefined ? undefined : Number(id);
}

export function pictureAddress(id: number | ''): string {
  return `picture:${id}`;
}

/** Whether `src` of an image is the address of a picture in the library. */
export function isPictureAddress(src: string): boolean {
  return /^picture:[1-9]\d{0,8}$/.test(src);
}

const image = '<img src="picture:\\d+"[^>]*>';
// These are the only forms in which `renderMarkdown` leaves pictures of the library.
const place = new RegExp(`<figure>(?:${image}|<a [^>]*>${image}</a>)(?:<figcaption>[^<]*</figcaption>)?</figure>|${image}`, 'g');

/** Per body. A body of 2 MB has room for 100,000 pictures, and a preview of so many would block the server for seconds. */
export const maxPlaces = 500;

export function hasTooManyPictures(html: string): boolean {
  return html.includes('src="picture:') && (html.match(place)?.length ?? 0) > maxPlaces;
}

/** Splits rendered HTML at its pictures. Joining the parts, with HTML for each picture, gives the whole body. Leaves out the pictures after the first 500. */
export function splitAtPictures(html: string): (string | PlacedPicture)[] {
  if (!html.includes('src="picture:')) return [html];
  const parts: (string | PlacedPicture)[] = [];
  let end = 0;
  for (const { 0: whole, index } of html.matchAll(place).take(maxPlaces)) {
    parts.push(html.slice(end, index), readPlace(whole));
    end = index + whole.length;
  }
  return [...parts, html.slice(end).replace(place, '')].filter((part) => part !== '');
}

function readPlace(html: string): PlacedPicture {
  const placed = { id: 0, alt: '', caption: '', isFigure: html.startsWith('<figure>'), linkHtml: /^<figure>(<a [^>]*>)/.exec(html)?.[1] ?? '' };
  const parser = new Parser({
    onopentag(name, { src = '', alt = '' }) {
      if (name === 'img') Object.assign(placed, { id: Number(src.slice(pictureAddress('').length)), alt });
    },
    ontext(data) {
      placed.caption += data;
    },
  });
  parser.end(html);
  return placed;
}

/** The ids of the pictures that rendered HTML shows, each once. */
export function shownPictureIds(html: string): number[] {
  return [...new Set(splitAtPictures(html).flatMap((part) => (typeof part === 'string' ? [] : [part.id])))];
}

/** The ids of an article's pictures, each once: the lead picture, then those that the rendered body shows. */
export function articlePictureIds(leadId: number | null | undefined, bodyHtml: string): number[] {
  return [...new Set([...(leadId ? [leadId] : []), ...shownPictureIds(bodyHtml)])];
}
