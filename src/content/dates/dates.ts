import { LRUCache } from 'lru-cache';
import { isoAtOffset, isoWithOffset, offsetText, parseOffset } from './offsets.ts';

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

const day = 24 * 3_600_000;

/** Omits the year if it is the year of `reference`, another date on the same page. */
export function showDate(time: number, style: DateStyle, reference?: number): ShownDate {
  const moment = momentOf(time, style);
  const withoutYear = reference !== undefined && momentOf(reference, style).year === moment.year;
  return { iso: moment.iso, short: withoutYear ? moment.shortWithoutYear : moment.short, full: moment.full, form: withoutYear ? 'short-without-year' : 'short' };
}

export function showClock(time: number, style: DateStyle): ShownDate {
  const { iso, full, clock } = momentOf(time, style);
  return { iso, short: clock, full, form: 'clock' };
}

/** A date without the time: `2025-03-23` and “23 March 2025”. */
export function showDayOnly(time: number, style: DateStyle): { iso: string; text: string } {
  const { iso, day: text } = momentOf(time, style);
  return { iso: iso.slice(0, 10), text };
}

export function yearOf(time: number, style: DateStyle): string {
  return momentOf(time, style).year;
}

/** The full years, in UTC, from one time to another; negative if `to` is earlier. */
export function yearsBetween(from: number, to: number): number {
  if (from > to) return -yearsBetween(to, from);
  if (to - from < 365 * day) return 0;
  const [start, end] = [new Date(from), new Date(to)];
  const years = end.getUTCFullYear() - start.getUTCFullYear();
  return start.setUTCFullYear(end.getUTCFullYear()) > to ? years - 1 : years;
}

/** The texts of a time. Each is made when it is first used, because making one takes about a microsecond. */
class Moment {
  readonly #time: number;
  readonly #shown: number;
  readonly #offset: string;
  readonly #format: Formatters;
  #iso: string | undefined;
  #full: string | undefined;
  #clock: string | undefined;
  #day: string | undefined;
  #dayWithoutYear: string | undefined;
  #year: string | undefined;

  constructor(time: number, style: DateStyle) {
    this.#time = time;
    this.#offset = offsetText(time, style.zone);
    this.#shown = withoutOffsetSeconds(time, this.#offset);
    this.#format = formatters(style);
  }

  get iso(): string {
    return (this.#iso ??= isoAtOffset(this.#time, parseOffset(this.#offset)));
  }

  get full(): string {
    return (this.#full ??= `${this.#format.longDay.format(this.#shown)}, ${withoutZoneSeconds(this.#format.timeWithZone.format(this.#shown))}`);
  }

  get clock(): string {
    return (this.#clock ??= this.#format.time.format(this.#shown));
  }

  get day(): string {
    return (this.#day ??= this.#format.day.format(this.#shown));
  }

  get year(): string {
    return (this.#year ??= this.#format.year.format(this.#shown));
  }

  get short(): string {
    return `${this.day}, ${this.clock}`;
  }

  get shortWithoutYear(): string {
    return `${(this.#dayWithoutYear ??= this.#format.dayWithoutYear.format(this.#shown))}, ${this.clock}`;
  }
}

function momentOf(time: number, style: DateStyle): Moment {
  const key = `${style.language} ${style.zone}`;
  const moments = momentsByStyle.get(key) ?? new LRUCache({ max: maxMomentsPerStyle });
  momentsByStyle.set(key, moments);
  const moment = moments.get(time) ?? new Moment(time, style);
  moments.set(time, moment);
  return moment;
}

// Before standard time, offsets had odd seconds: `GMT+1:44:24`, or `UTC+1.44.24`.
function withoutZoneSeconds(text: string): string {
  return text.replace(/([:.]\p{Nd}{2})[:.]\p{Nd}{2}/u, '$1');
}

/** Intl's formatters apply the odd seconds of old offsets, which ISO 8601 can't express. This shifts a time so that both agree. */
function withoutOffsetSeconds(time: number, offset: string): number {
  const [, sign, seconds = '0'] = /([+-])\d{2}:\d{2}:(\d{2})/.exec(offset) ?? [];
  return time - Number(`${sign ?? ''}${seconds}`) * 1000;
}

export function showDay(time: number, style: DateStyle): string {
  return formatters(style).longDay.format(withoutOffsetSeconds(time, offsetText(time, style.zone)));
}

export function showMonth(time: number, style: DateStyle): string {
  return formatters(style).month.format(withoutOffsetSeconds(time, offsetText(time, style.zone)));
}

export function showZone(time: number, { language, zone }: DateStyle): string {
  const name = new Intl.DateTimeFormat(language, { timeZone: zone, timeZoneName: 'short' }).formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return `${zone} (${withoutZoneSeconds(name)}, UTC${isoWithOffset(time, zone).slice(19)})`;
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
