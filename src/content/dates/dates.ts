import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat.js';
import utc from 'dayjs/plugin/utc.js';
import { LRUCache } from 'lru-cache';
import type { Problem } from '../problem.ts';

dayjs.extend(utc);
dayjs.extend(customParseFormat);

/** A moment as the views print it: machine form, in lists, and in full. */
export interface ShownDate {
  /** ISO 8601 with the zone's offset: `2025-03-23T17:55:14+02:00`. */
  iso: string;
  short: string;
  full: string;
  /** What the short form consists of. */
  form: 'short' | 'short-without-year' | 'clock';
}

/** How one site shows its dates: its language and its zone. */
export interface DateStyle {
  language: string;
  zone: string;
}

interface Formatters {
  longDay: Intl.DateTimeFormat;
  day: Intl.DateTimeFormat;
  dayWithoutYear: Intl.DateTimeFormat;
  year: Intl.DateTimeFormat;
  month: Intl.DateTimeFormat;
  time: Intl.DateTimeFormat;
  timeWithZone: Intl.DateTimeFormat;
}

// Making an Intl.DateTimeFormat takes some 50 us, using it 1 us, and a page shows over 20 dates, most of them those
// that stand on other pages too.
const mostStyles = 10;
const mostMoments = 5000;
const formattersByStyle = new LRUCache<string, Formatters>({ max: mostStyles });
const momentsByStyle = new LRUCache<string, LRUCache<number, Moment>>({ max: mostStyles });
const offsetFormatters = new LRUCache<string, Intl.DateTimeFormat>({ max: 100 });

const hour = 3_600_000;
const day = 24 * hour;

/**
 * A UTC time in milliseconds as pages show it, in the site's zone and language.
 * In lists the year is left out where it is the year of `besides`, a date that stands on the same page.
 */
export function showDate(time: number, style: DateStyle, besides?: number): ShownDate {
  const { iso, short, shortWithoutYear, full, year } = momentOf(time, style);
  const withoutYear = besides !== undefined && momentOf(besides, style).year === year;
  return { iso, short: withoutYear ? shortWithoutYear : short, full, form: withoutYear ? 'short-without-year' : 'short' };
}

/** The same where the day is known: the short form is the time of day alone. */
export function showClock(time: number, style: DateStyle): ShownDate {
  const { iso, full, clock } = momentOf(time, style);
  return { iso, short: clock, full, form: 'clock' };
}

/** The year that a time falls in, in the zone and language of a site. */
export function yearOf(time: number, style: DateStyle): string {
  return momentOf(time, style).year;
}

/** A moment in every form that pages show it in. */
interface Moment {
  iso: string;
  short: string;
  shortWithoutYear: string;
  full: string;
  clock: string;
  year: string;
}

function momentOf(time: number, style: DateStyle): Moment {
  const key = `${style.language} ${style.zone}`;
  const moments = momentsByStyle.get(key) ?? new LRUCache({ max: mostMoments });
  momentsByStyle.set(key, moments);
  const known = moments.get(time);
  if (known) return known;
  const format = formatters(style);
  const shown = withoutOffsetSeconds(time, style.zone);
  const clock = format.time.format(shown);
  const moment = {
    iso: isoWithOffset(time, style.zone),
    short: `${format.day.format(shown)}, ${clock}`,
    shortWithoutYear: `${format.dayWithoutYear.format(shown)}, ${clock}`,
    full: `${format.longDay.format(shown)}, ${withoutZoneSeconds(format.timeWithZone.format(shown))}`,
    clock,
    year: format.year.format(shown),
  };
  moments.set(time, moment);
  return moment;
}

// Before there were time zones, places were ahead of Greenwich by odd seconds: `GMT+1:44:24`, or `UTC+1.44.24`.
function withoutZoneSeconds(text: string): string {
  return text.replace(/([:.]\p{Nd}{2})[:.]\p{Nd}{2}/u, '$1');
}

/**
 * The time at which Intl's formatters show what `isoWithOffset` does: they add an old offset's odd seconds, for which
 * ISO 8601 has no place.
 */
function withoutOffsetSeconds(time: number, zone: string): number {
  const [, sign, seconds = '0'] = /([+-])\d{2}:\d{2}:(\d{2})/.exec(offsetFormatter(zone).format(time)) ?? [];
  return time - Number(`${sign ?? ''}${seconds}`) * 1000;
}

/** A day with its weekday, as `Sunday 23 March 2025`. */
export function showDay(time: number, style: DateStyle): string {
  return formatters(style).longDay.format(withoutOffsetSeconds(time, style.zone));
}

/** A month with its year, as `March 2025`. */
export function showMonth(time: number, style: DateStyle): string {
  return formatters(style).month.format(withoutOffsetSeconds(time, style.zone));
}

/** ISO 8601 to the second with the zone's offset at that time. */
export function isoWithOffset(time: number, zone: string): string {
  const offset = offsetAt(time, zone);
  const minutes = Math.abs(offset) / 60_000;
  const sign = offset < 0 ? '-' : '+';
  const local = new Date(time + offset).toISOString().replace(/\.\d+Z$/, '');
  return `${local}${sign}${twoDigits(minutes / 60)}:${twoDigits(minutes % 60)}`;
}

/** What {@link parseTime} made of a text. */
export type ParsedTime = { time: number } | { problem: Problem };

/**
 * Reads an ISO 8601 time; one without an offset is in `zone`. Seconds and the time of day may be missing.
 * A time that the zone skips or has twice is a problem, never a guess.
 */
export function parseTime(text: string, zone: string): ParsedTime {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:\.\d+)?(Z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?)?$/i.exec(text.trim());
  const [, date = '', minutes = '00:00', seconds = ':00', offset] = parts ?? [];
  const local = dayjs.utc(`${date}T${minutes}${seconds}`, 'YYYY-MM-DDTHH:mm:ss', true);
  if (!parts || !local.isValid()) return { problem: { key: 'problems.notTime', values: { text } } };
  if (offset) return { time: local.valueOf() - offsetOf(offset) };

  const [first, second] = instantsAt(local.valueOf(), zone);
  if (first === undefined) return { problem: { key: 'problems.timeSkipped', values: { text, zone } } };
  if (second !== undefined) return { problem: { key: 'problems.timeAmbiguous', values: { text, zone, first: isoWithOffset(first, zone), second: isoWithOffset(second, zone) } } };
  return { time: first };
}

/** The instants, none to two, of a local time without an offset, `2025-03-23T17:55`; none of whatever is not one. */
export function instantsOf(text: string, zone: string): number[] {
  const local = dayjs.utc(text.length === 16 ? `${text}:00` : text, 'YYYY-MM-DDTHH:mm:ss', true);
  return local.isValid() ? instantsAt(local.valueOf(), zone) : [];
}

/** The zone spelled out as at a time: `Europe/Bucharest (EET, UTC+02:00)`. */
export function showZone(time: number, { language, zone }: DateStyle): string {
  const name = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'short' }).formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return `${zone} (${withoutZoneSeconds(name)}, UTC${isoWithOffset(time, zone).slice(19)})`;
}

/** Whether this is a zone that the runtime knows, such as `Europe/Bucharest`. */
export function isZone(zone: string): boolean {
  if (offsetFormatters.has(zone)) return true;
  try {
    offsetAt(0, zone);
    return true;
  } catch {
    return false;
  }
}

/** The first instant of the local day that begins at `local` (local time written as if it were UTC). */
export function startOfDay(local: number, zone: string): number {
  const [first] = instantsAt(local, zone);
  // Where the clocks skip midnight, the day begins with the jump.
  return first ?? local - offsetAt(local - day, zone);
}

/** The instants, none to two, at which the zone's clocks show `local`. */
function instantsAt(local: number, zone: string): number[] {
  const offsets = new Set([offsetAt(local - day, zone), offsetAt(local + day, zone)]);
  return [...offsets]
    .map((offset) => local - offset)
    .filter((time) => time + offsetAt(time, zone) === local)
    .toSorted((a, b) => a - b);
}

/** What the zone is ahead of UTC at a time, in milliseconds, in whole minutes. */
function offsetAt(time: number, zone: string): number {
  return offsetOf(offsetFormatter(zone).format(time));
}

function offsetFormatter(zone: string): Intl.DateTimeFormat {
  const known = offsetFormatters.get(zone);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  offsetFormatters.set(zone, formatter);
  return formatter;
}

function offsetOf(text: string): number {
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d{2}):?(\d{2})?/.exec(text) ?? [];
  const size = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === '-' ? -size : size;
}

function twoDigits(number: number): string {
  return String(Math.trunc(number)).padStart(2, '0');
}

function formatters(style: DateStyle): Formatters {
  const key = `${style.language} ${style.zone}`;
  const known = formattersByStyle.get(key);
  if (known) return known;

  const inZone = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(style.language, { timeZone: style.zone, ...options });
  const made: Formatters = {
    longDay: inZone({ dateStyle: 'full' }),
    day: inZone({ dateStyle: 'long' }),
    dayWithoutYear: inZone({ day: 'numeric', month: 'long' }),
    year: inZone({ year: 'numeric' }),
    // The archive's months are those of its addresses, also where a language has another calendar.
    month: inZone({ month: 'long', year: 'numeric', calendar: 'gregory' }),
    time: inZone({ hour: '2-digit', minute: '2-digit' }),
    timeWithZone: inZone({ hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }),
  };
  formattersByStyle.set(key, made);
  return made;
}
