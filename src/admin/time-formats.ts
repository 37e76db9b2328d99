import { showDate, showDayOnly, type DateStyle, type ShownDate } from '../content/dates/dates.ts';
import { isoWithOffset } from '../content/dates/offsets.ts';
import type { Messages } from '../messages/messages.ts';

/** Revisions are shown to the second, because several may be saved within a minute. */
export interface TimeFormats {
  style: DateStyle;
  date(time: number): ShownDate;
  /** `23 March 2025, 14:03:22` */
  seconds(time: number): string;
  /** Only `14:03:22` if it is today, otherwise as `seconds`. */
  moment(time: number, now: number): string;
}

export function makeTimeFormats({ language }: Messages, zone: string): TimeFormats {
  const style = { language, zone };
  const dayOf = (time: number) => isoWithOffset(time, zone).slice(0, 10);
  const clockOf = (time: number) => isoWithOffset(time, zone).slice(11, 19);
  const seconds = (time: number) => `${showDayOnly(time, style).text}, ${clockOf(time)}`;
  return {
    style,
    date: (time) => showDate(time, style),
    seconds,
    moment: (time, now) => (dayOf(time) === dayOf(now) ? clockOf(time) : seconds(time)),
  };
}
