/** How wide a place is from a width of the window on: `vw` percent of the window plus `px`. */
interface Width {
  /** The least width of the window, in rem. Missing: any width. */
  from?: number;
  vw?: number;
  px?: number;
}

/** A place in the layout of the style sheets. */
export interface Place {
  className: string;
  /** The widest windows first. */
  widths: Width[];
  /** Width to height of the visible part. Undefined: the whole picture is visible. */
  ratio?: number;
  /** Taller pictures are cropped to this ratio. */
  minRatio?: number;
  /** Portraits get two thirds of the width from 48 rem on, because they would be taller than the window. */
  hasNarrowPortraits?: boolean;
  /** Pictures stand side by side, so even a small one fills its part of the width. */
  isShared?: boolean;
  /** Narrower pictures would look blurred here, in pixels. */
  minWidth?: number;
  /** No screen needs a wider rendition here, in pixels. */
  maxWidth?: number;
  /** On the first screen. */
  isEager?: boolean;
}

// The text column is 66 characters wide, so its width depends on the reader's fonts; 720 px is within 10 % of all usual ones.
const besideSidebar: Width[] = [{ from: 76, px: 720 }, { from: 64, vw: 66.7, px: -75 }, { from: 48, px: 720 }];
const portraitShare = 2 / 3;

export const articleLead: Place = { className: 'lead-picture', widths: [...besideSidebar, { from: 40, vw: 100, px: -32 }, { vw: 100 }], minRatio: 2 / 3, hasNarrowPortraits: true, isEager: true };
export const articleBody: Place = { className: '', widths: [...besideSidebar, { vw: 100, px: -32 }], hasNarrowPortraits: true };
export const staticPageBody: Place = { className: '', widths: [{ from: 48, px: 730 }, { vw: 100, px: -32 }], hasNarrowPortraits: true };
export const frontLead: Place = { className: 'front-lead-picture', widths: [{ from: 76, px: 736 }, { from: 64, vw: 66.7, px: -75 }, { from: 48, vw: 100, px: -64 }, { vw: 100 }], ratio: 3 / 2, minWidth: 480, isEager: true };
/** Above a list of articles. */
export const listTop: Place = { className: 'list-picture', widths: [{ from: 56, px: 832 }, { from: 48, vw: 100, px: -64 }, { vw: 100, px: -32 }], minRatio: 2, isEager: true };
export const listRow: Place = { className: 'row-picture', widths: [{ from: 48, px: 160 }, { px: 112 }], ratio: 3 / 2, minWidth: 160, maxWidth: 640 };
export const authorPortrait: Place = { className: 'author-portrait', widths: [{ from: 48, px: 176 }, { px: 112 }], ratio: 1, maxWidth: 640, isEager: true };

/** The first article of one of `count` blocks on the front page, which stand in three columns on wide screens. */
export function blockFirst(count: number): Place {
  const column = (columns: number) => ({ vw: 100 / columns, px: -32 - 32 / columns });
  const [wide, narrow] = [Math.min(3, count), Math.min(2, count)];
  const widths = count === 1 ? [{ from: 40, px: 576 }] : [{ from: 76, px: (1152 - 32 * (wide - 1)) / wide }, { from: 68, ...column(wide) }, { from: 48, ...column(narrow) }];
  return { className: 'block-picture', widths: [...widths, { vw: 100, px: -32 }], ratio: 3 / 2, minWidth: 320 };
}

/** The place of a portrait, which is narrower on wide screens. */
export function portraitIn(place: Place): Place {
  return { ...shareOf(place, portraitShare), className: `${place.className} portrait` };
}

/** A part of a place's width, for pictures that share it from 48 rem on. */
export function shareOf(place: Place, share: number): Place {
  return { ...place, hasNarrowPortraits: false, isShared: true, widths: place.widths.map((width) => ((width.from ?? 0) < 48 ? width : scale(width, share))) };
}

// A phone 390 CSS pixels wide with three pixels each gets 640 pixels instead of 1280: hardly a difference to the eye, and a third of the bytes.
const sharpPhones = '(max-width: 40rem) and (min-resolution: 2.5dppx) 54vw';

/**
 * The `sizes` attribute (HTML, 4.8.4.2.2).
 *
 * @param ratio width to height of the picture. A picture that is wider than the visible part is drawn larger than the place.
 */
export function sizesIn({ widths, ratio: visible, className }: Place, ratio: number): string {
  const zoom = visible === undefined ? 1 : Math.max(1, ratio / visible);
  const sizes = widths.map((width) => format(scale(width, zoom)));
  return (className === listRow.className || className === authorPortrait.className || zoom > 1 ? sizes : [sharpPhones, ...sizes]).join(', ');
}

function scale({ from, vw = 0, px = 0 }: Width, factor: number): Width {
  return { ...(from === undefined ? {} : { from }), vw: vw * factor, px: px * factor };
}

function format({ from, vw = 0, px = 0 }: Width): string {
  const [view, fixed] = [`${Number(vw.toFixed(1))}vw`, `${Math.round(Math.abs(px))}px`];
  const length = vw === 0 ? fixed : px === 0 ? view : `calc(${view} ${px < 0 ? '-' : '+'} ${fixed})`;
  return from === undefined ? length : `(min-width: ${from}rem) ${length}`;
}
