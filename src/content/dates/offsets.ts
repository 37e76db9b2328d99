import { LRUCache } from 'lru-cache';

// Creating an Intl.DateTimeFormat takes about 50 µs, using it 1 µs.
const maxZones = 10;
const maxDays = 10_000;
const offsetFormatters = new LRUCache<string, Intl.DateTimeFormat>({ max: 100 });
/** The offset that a zone has throughout a day in UTC, by the zone and the number of the day; empty if the offset changes on that day. */
const offsetsOfDays = new LRUCache<string, LRUCache<number, string>>({ max: maxZones });

const day = 24 * 3_600_000;

export function isZone(zone: string): boolean {
  if (offsetFormatters.has(zone)) return true;
  try {
    offsetAt(0, zone);
    return true;
  } catch {
    return false;
  }
}

export function isoWithOffset(time: number, zone: string): string {
  return isoAtOffset(time, offsetAt(time, zone));
}

export function isoAtOffset(time: number, offset: number): string {
  const minutes = Math.abs(offset) / 60_000;
  const sign = offset < 0 ? '-' : '+';
  const local = new Date(time + offset).toISOString().replace(/\.\d+Z$/, '');
  return `${local}${sign}${twoDigits(minutes / 60)}:${twoDigits(minutes % 60)}`;
}

/** In milliseconds, in whole minutes. */
export function offsetAt(time: number, zone: string): number {
  return parseOffset(offsetText(time, zone));
}

/** Such as `GMT+02:00`. */
export function offsetText(time: number, zone: string): string {
  const days = offsetsOfDays.get(zone) ?? new LRUCache<number, string>({ max: maxDays });
  offsetsOfDays.set(zone, days);
  const formatter = offsetFormatter(zone);
  const number = Math.floor(time / day);
  const known = days.get(number) ?? offsetOfDay(formatter, number);
  days.set(number, known);
  return known || formatter.format(time);
}

function offsetOfDay(formatter: Intl.DateTimeFormat, number: number): string {
  const [first, last] = [formatter.format(number * day), formatter.format((number + 1) * day - 1)];
  return first === last ? first : '';
}

function offsetFormatter(zone: string): Intl.DateTimeFormat {
  const cached = offsetFormatters.get(zone);
  if (cached) return cached;
  const formatter = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  offsetFormatters.set(zone, formatter);
  return formatter;
}

/** Reads an offset such as `+02:00` as milliseconds. */
export function parseOffset(text: string): number {
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d{2}):?(\d{2})?/.exec(text) ?? [];
  const absolute = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === '-' ? -absolute : absolute;
}

function twoDigits(number: number): string {
  return String(Math.trunc(number)).padStart(2, '0');
}
