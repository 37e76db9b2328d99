import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat.js';
import utc from 'dayjs/plugin/utc.js';
import type { Problem } from '../problem.ts';
import { isoWithOffset, offsetAt, parseOffset } from './offsets.ts';

dayjs.extend(utc);
dayjs.extend(customParseFormat);

const day = 24 * 3_600_000;

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
