import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat.js';
import utc from 'dayjs/plugin/utc.js';
import { LRUCache } from 'lru-cache';
import type { Problem } from '../problem.ts';

dayjs.extend(utc);
dayjs.extend(customParseFormat);

export interface ShownDate {
  iso: string;
  short: string;
  full: string;
  form: 'short' | 'short-without-year' | 'clock';
}

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

// Creating an Intl.DateTimeFormat takes about 50 µs, using it 1 µs. A page shows over 20 dates, most of which other pages show too.
const maxStyles = 10;
const maxMomentsPerStyle = 5000;
const formattersByStyle = new LRUCache<string, Formatters>({ max: maxStyles });
const momentsByStyle = new LRUCache<string, LRUCache<number, Moment>>({ max: maxStyles });
const offsetFormatters = new LRUCache<string, Intl.DateTimeFormat>({ max: 100 });

const hour = 3_600_000;
const day = 24 * hour;

/** Omits the year if it is the year of `reference`, another date on the same page. */
export function showDate(time: number, style: DateStyle, reference?: number): ShownDate {
  const { iso, short, shortWithoutYear, full, year } = momentOf(time, style);
  const withoutYear = reference !== undefined && momentOf(reference, style).year === year;
  return { iso, short: withoutYear ? shortWithoutYear : short, full, form: withoutYear ? 'short-without-year' : 'short' };
}

export function showClock(time: number, style: DateStyle): ShownDate {
  const { iso, full, clock } = momentOf(time, style);
  return { iso, short: clock, full, form: 'clock' };
}

export function yearOf(time: number, style: DateStyle): string {
  return momentOf(time, style).year;
}

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
  const moments = momentsByStyle.get(key) ?? new LRUCache({ max: maxMomentsPerStyle });
  momentsByStyle.set(key, moments);
  const cached = moments.get(time);
  if (cached) return cached;
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

// Before standard time, offsets had odd seconds: `GMT+1:44:24`, or `UTC+1.44.24`.
function withoutZoneSeconds(text: string): string {
  return text.replace(/([:.]\p{Nd}{2})[:.]\p{Nd}{2}/u, '$1');
}

/** Intl's formatters apply the odd seconds of old offsets, which ISO 8601 can't express. This shifts a time so that both agree. */
function withoutOffsetSeconds(time: number, zone: string): number {
  const [, sign, seconds = '0'] = /([+-])\d{2}:\d{2}:(\d{2})/.exec(offsetFormatter(zone).format(time)) ?? [];
  return time - Number(`${sign ?? ''}${seconds}`) * 1000;
}

export function showDay(time: number, style: DateStyle): string {
  return formatters(style).longDay.format(withoutOffsetSeconds(time, style.zone));
}

export function showMonth(time: number, style: DateStyle): string {
  return formatters(style).month.format(withoutOffsetSeconds(time, style.zone));
}

export function isoWithOffset(time: number, zone: string): string {
  const offset = offsetAt(time, zone);
  const minutes = Math.abs(offset) / 60_000;
  const sign = offset < 0 ? '-' : '+';
  const local = new Date(time + offset).toISOString().replace(/\.\d+Z$/, '');
  return `${local}${sign}${twoDigits(minutes / 60)}:${twoDigits(minutes % 60)}`;
}

export type ParsedTime = { time: number } | { problem: Problem };

/** Parses an ISO 8601 time. A time without an offset is in `zone`, where it must exist exactly once. */
export function parseTime(text: string, zone: string): ParsedTime {
  const parts = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:\.\d+)?(Z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)?)?$/i.exec(text.trim());
  const [, date = '', minutes = '00:00', seconds = ':00', offset] = parts ?? [];
  const local = dayjs.utc(`${date}T${minutes}${seconds}`, 'YYYY-MM-DDTHH:mm:ss', true);
  if (!parts || !local.isValid()) return { problem: { key: 'problems.notTime', values: { text } } };
  if (offset) return { time: local.valueOf() - parseOffset(offset) };

  const [first, second] = instantsAt(local.valueOf(), zone);
  if (first === undefined) return { problem: { key: 'problems.timeSkipped', values: { text, zone } } };
  if (second !== undefined) return { problem: { key: 'problems.timeAmbiguous', values: { text, zone, first: isoWithOffset(first, zone), second: isoWithOffset(second, zone) } } };
  return { time: first };
}

/** A local time has two instants when the clocks go back, and none when they skip it. */
export function instantsOf(text: string, zone: string): number[] {
  const local = dayjs.utc(text.length === 16 ? `${text}:00` : text, 'YYYY-MM-DDTHH:mm:ss', true);
  return local.isValid() ? instantsAt(local.valueOf(), zone) : [];
}

export function showZone(time: number, { language, zone }: DateStyle): string {
  const name = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'short' }).formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return `${zone} (${withoutZoneSeconds(name)}, UTC${isoWithOffset(time, zone).slice(19)})`;
}

export function isZone(zone: string): boolean {
  if (offsetFormatters.has(zone)) return true;
  try {
    offsetAt(0, zone);
    return true;
  } catch {
    return false;
  }
}

/** `local` is local time written as if it were UTC. */
export function startOfDay(local: number, zone: string): number {
  const [first] = instantsAt(local, zone);
  // If the clocks skip midnight, the day begins when they go forward.
  return first ?? local - offsetAt(local - day, zone);
}

function instantsAt(local: number, zone: string): number[] {
  const offsets = new Set([offsetAt(local - day, zone), offsetAt(local + day, zone)]);
  return [...offsets]
    .map((offset) => local - offset)
    .filter((time) => time + offsetAt(time, zone) === local)
    .toSorted((a, b) => a - b);
}

/** In milliseconds, in whole minutes. */
function offsetAt(time: number, zone: string): number {
  return parseOffset(offsetFormatter(zone).format(time));
}

function offsetFormatter(zone: string): Intl.DateTimeFormat {
  const cached = offsetFormatters.get(zone);
  if (cached) return cached;
  const formatter = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  offsetFormatters.set(zone, formatter);
  return formatter;
}

function parseOffset(text: string): number {
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d{2}):?(\d{2})?/.exec(text) ?? [];
  const absolute = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === '-' ? -absolute : absolute;
}

function twoDigits(number: number): string {
  return String(Math.trunc(number)).padStart(2, '0');
}

function formatters(style: DateStyle): Formatters {
  const key = `${style.language} ${style.zone}`;
  const cached = formattersByStyle.get(key);
  if (cached) return cached;

  const inZone = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(style.language, { timeZone: style.zone, ...options });
  const created: Formatters = {
    longDay: inZone({ dateStyle: 'full' }),
    day: inZone({ dateStyle: 'long' }),
    dayWithoutYear: inZone({ day: 'numeric', month: 'long' }),
    year: inZone({ year: 'numeric' }),
    // The archive's URLs have Gregorian months, even if the language's default calendar differs.
    month: inZone({ month: 'long', year: 'numeric', calendar: 'gregory' }),
    time: inZone({ hour: '2-digit', minute: '2-digit' }),
    timeWithZone: inZone({ hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }),
  };
  formattersByStyle.set(key, created);
  return created;
}
