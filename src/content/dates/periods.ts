import dayjs from 'dayjs';
import { showDay, showMonth, type DateStyle } from './dates.ts';
import { startOfDay } from './local-time.ts';
import { isoWithOffset } from './offsets.ts';

export interface Period {
  unit: 'year' | 'month' | 'day';
  /** UTC milliseconds; `until` is exclusive. */
  from: number;
  until: number;
}

export function parsePeriod(text: string, zone: string): Period | undefined {
  const [unit, format] = text.length === 4 ? (['year', 'YYYY'] as const) : text.length === 7 ? (['month', 'YYYY-MM'] as const) : (['day', 'YYYY-MM-DD'] as const);
  const start = dayjs.utc(text, format, true);
  if (!start.isValid()) return undefined;
  return { unit, from: startOfDay(start.valueOf(), zone), until: startOfDay(start.add(1, unit).valueOf(), zone) };
}

export function periodOf(time: number, unit: Period['unit'], style: DateStyle): { date: string; name: string } {
  const date = isoWithOffset(time, style.zone).slice(0, 10);
  if (unit === 'year') return { date: date.slice(0, 4), name: date.slice(0, 4) };
  if (unit === 'month') return { date: date.slice(0, 7), name: showMonth(time, style) };
  return { date, name: showDay(time, style) };
}

export function nextDay(time: number, zone: string): number {
  return dayOf(time, zone).until;
}

export function dayOf(time: number, zone: string): Period {
  const day = parsePeriod(isoWithOffset(time, zone).slice(0, 10), zone);
  if (!day) throw new RangeError(`${time} is on no day`);
  return day;
}
