import path from 'node:path';
import type { ArticleInput, FieldError } from '../content/articles/article.ts';
import { pictureAddress } from '../content/pictures/body-pictures.ts';
import { pictureLimits } from '../content/pictures/picture.ts';
import { cleanLine, isBlank, shorten } from '../content/text/text.ts';
import { isFilePath } from '../urls.ts';
import { findImages, mayHaveImages, replaceImages, type MarkdownImage } from './markdown-images.ts';
import { isRelative } from './picture-file.ts';

/** A picture file that an imported article names. */
export interface PictureReference {
  /** `FILE:LINE` */
  place: string;
  /** The key of the article that names the picture. */
  field: 'picture' | 'body';
  /** As written, relative to the article's file. */
  path: string;
  alt: string;
  caption: string;
  credit: string;
}

/** The keys that only imported articles have. */
export interface LeadKeys {
  path: string | null;
  credit: string;
}

/** Takes the lead picture's keys out of an article as it was read, because to all other code `picture` is an id. */
export function takeLeadKeys(raw: unknown): { rest: unknown; lead: LeadKeys; errors: FieldError[] } {
  const errors: FieldError[] = [];
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw) || !('picture' in raw || 'pictureCredit' in raw)) return { rest: raw, lead: { path: null, credit: '' }, errors };
  const { picture, pictureCredit, ...rest }: Record<string, unknown> = { ...raw };
  const read = (field: string, value: unknown = null) => {
    if (value !== null && typeof value !== 'string') errors.push({ field, problem: { key: 'problems.notTextInQuotes' } });
    return typeof value === 'string' ? value : '';
  };
  const [written, credit] = [read('picture', picture).trim(), cleanLine(read('pictureCredit', pictureCredit))];
  if (credit.length > pictureLimits.credit) errors.push({ field: 'pictureCredit', problem: { key: 'problems.tooLong', values: { limit: pictureLimits.credit } } });
  return { rest, lead: { path: written === '' ? null : written, credit }, errors };
}

interface Illustrated {
  file: string;
  article: ArticleInput;
  lead: LeadKeys;
  lineOf: (key: string) => number;
  lineOfBody: (line: number) => number;
}

export function pictureReferences({ file, article, lead, lineOf, lineOfBody }: Illustrated): PictureReference[] {
  const { pictureAlt: alt, pictureCaption: caption } = article;
  const first: PictureReference[] = lead.path === null ? [] : [{ place: `${file}:${lineOf('picture')}`, field: 'picture', path: lead.path, alt, caption, credit: lead.credit }];
  const others = bodyImages(article.body).map((image): PictureReference => ({ place: `${file}:${lineOfBody(image.line)}`, field: 'body', path: image.destination, alt: shorten(cleanLine(image.alt), pictureLimits.alt), caption: shorten(cleanLine(image.title), pictureLimits.caption), credit: '' }));
  return [...first, ...others];
}

/** A line for each image whose absolute path is not one of this site's pictures, such as an upload of another system. */
export function unservedImages({ file, article, lineOfBody }: Illustrated): string[] {
  const images = mayHaveImages(article.body) ? findImages(article.body).filter(({ destination }) => /^\/(?![/\\])/.test(destination) && !isFilePath(destination)) : [];
  return images.map(({ destination, line }) => `${file}:${lineOfBody(line)}: body: “${destination}” is not a picture that this site serves, so readers don't see it. Save the picture beside this file, and give its path from this file's folder.`);
}

/** Identifies a picture file by the file that names it and the path as written. */
export function pictureKey(file: string, written: string): string {
  return path.join(path.dirname(file), written);
}

/**
 * Puts the library's ids in the place of paths.
 *
 * @param ids by `pictureKey`; null: the article comes without this picture
 */
export function withPictures({ file, article, lead }: Illustrated, ids: ReadonlyMap<string, number | null>): ArticleInput {
  if (ids.size === 0) return article;
  const idOf = (written: string) => ids.get(pictureKey(file, written));
  const body = replaceImages(article.body, bodyImages(article.body), ({ destination }) => {
    const id = idOf(destination);
    return typeof id === 'number' ? pictureAddress(id) : id;
  });
  return { ...article, body, picture: lead.path === null ? null : (idOf(lead.path) ?? null) };
}

function bodyImages(body: string): MarkdownImage[] {
  return mayHaveImages(body) ? findImages(body).filter(({ destination }) => !isBlank(destination) && isRelative(destination)) : [];
}
