import type { Problem } from '../problem.ts';
import { foldedWords } from '../search/words.ts';
import { cleanLine, cleanText, isBlank } from '../text/text.ts';

/** In percent of the width from the left, and of the height from the top. */
export interface FocalPoint {
  x: number;
  y: number;
}

/** What readers see of a picture. */
export interface Picture {
  id: number;
  /** SHA-256 of the master's pixels, hexadecimal. */
  hash: string;
  /** Of the master, in pixels. */
  width: number;
  height: number;
  isTransparent: boolean;
  /** The dominant colour, `#8a7f6b`, shown until the picture has loaded. */
  colour: string;
  alt: string;
  /** The picture needs no alternative text, because it only decorates. */
  isDecoration: boolean;
  /** Inline Markdown. */
  caption: string;
  credit: string;
  focus: FocalPoint;
}

/** The texts for a picture in one place. An empty one means that the picture's own text is used. */
export interface TextOverrides {
  alt: string;
  caption: string;
}

/** The parts of a picture that editors change. */
export type PictureDetails = Pick<Picture, 'alt' | 'isDecoration' | 'caption' | 'credit' | 'focus'>;

export const pictureLimits = { alt: 1000, caption: 1000, credit: 200, fileSize: 20 * 1024 * 1024, pixels: 60_000_000, masterSide: 2560 };

/** As in the form: `focusX` and `focusY` are whole percentages, `decoration` is set or missing. */
export type PictureForm = Record<'alt' | 'decoration' | 'caption' | 'credit' | 'focusX' | 'focusY', string>;

export interface PictureProblem {
  field: keyof PictureForm;
  problem: Problem;
}

export function readPictureForm(posted: Record<string, string | undefined>): PictureForm {
  const field = (name: keyof PictureForm) => cleanText(posted[name] ?? '');
  return { alt: field('alt'), decoration: field('decoration'), caption: field('caption'), credit: field('credit'), focusX: field('focusX'), focusY: field('focusY') };
}

/** An empty focal point is the centre. */
export function parsePictureForm(form: PictureForm): { details: PictureDetails } | { errors: PictureProblem[] } {
  const details = { alt: cleanLine(form.alt), isDecoration: !isBlank(form.decoration), caption: cleanLine(form.caption), credit: cleanLine(form.credit), focus: { x: percentage(form.focusX), y: percentage(form.focusY) } };
  const errors: PictureProblem[] = (['alt', 'caption', 'credit'] as const).filter((field) => details[field].length > pictureLimits[field]).map((field) => ({ field, problem: { key: 'problems.tooLong', values: { limit: pictureLimits[field] } } }));
  if (Number.isNaN(details.focus.x)) errors.push({ field: 'focusX', problem: { key: 'problems.notPercentage' } });
  if (Number.isNaN(details.focus.y)) errors.push({ field: 'focusY', problem: { key: 'problems.notPercentage' } });
  return errors.length > 0 ? { errors } : { details };
}

function percentage(text: string): number {
  if (isBlank(text)) return 50;
  return /^\s*(?:\d{1,2}|100)\s*$/.test(text) ? Number(text) : Number.NaN;
}

/** The id of a picture in a form. Undefined if the text is not a whole number that an id can be. */
export function readPictureId(text: string): number | undefined {
  return /^\s*[1-9]\d{0,8}\s*$/.test(text) ? Number(text) : undefined;
}

/** Folded words, each after a space, so that ` word` finds words that begin with it. */
export function pictureSearchText(texts: string[]): string {
  return foldedWords(texts.join(' ')).map((word) => ` ${word}`).join('');
}

/** The alternative text in a place that may replace the picture's own. Undefined if an editor still has to write one. */
export function altOf(picture: Pick<Picture, 'alt' | 'isDecoration'>, override: string): string | undefined {
  if (!isBlank(override)) return override;
  if (picture.isDecoration) return '';
  return isBlank(picture.alt) ? undefined : picture.alt;
}
