import { expect, test } from 'vitest';
import { showDate, showDay, showDayOnly, yearsBetween } from '../../../src/content/dates/dates.ts';
import { parseTime } from '../../../src/content/dates/local-time.ts';
import { isoWithOffset, isZone } from '../../../src/content/dates/offsets.ts';
import { parsePeriod, periodOf } from '../../../src/content/dates/periods.ts';

const bucharest = { language: 'en-GB', zone: 'Europe/Bucharest' };
const seed = Date.parse('2025-03-23T17:55:14+02:00');

test('a date is shown in the site’s zone and language, with the zone’s name in full', () => {
  expect(showDate(seed, bucharest)).toEqual({
    iso: '2025-03-23T17:55:14+02:00',
    short: '23 March 2025, 17:55',
    full: 'Sunday, 23 March 2025, 17:55 EET',
    form: 'short',
  });
  expect(showDay(seed, bucharest)).toBe('Sunday, 23 March 2025');
});

test.each([
  ['en-US', 'America/New_York', 'March 23, 2025, 11:55 AM', 'Sunday, March 23, 2025, 11:55 AM EDT'],
  ['ro', 'Europe/Bucharest', '23 martie 2025, 17:55', 'duminică, 23 martie 2025, 17:55 EET'],
  ['de', 'Europe/Berlin', '23. März 2025, 16:55', 'Sonntag, 23. März 2025, 16:55 MEZ'],
  ['ja', 'Asia/Tokyo', '2025年3月24日, 00:55', '2025年3月24日月曜日, 00:55 JST'],
  ['en-GB', 'Asia/Kathmandu', '23 March 2025, 21:40', 'Sunday, 23 March 2025, 21:40 GMT+5:45'],
])('in %s and %s a date reads %s', (language, zone, short, full) => {
  expect(showDate(seed, { language, zone })).toMatchObject({ short, full });
});

test('midnight is 00:00, not 24:00', () => {
  expect(showDate(Date.parse('2025-03-23T00:00:00Z'), { language: 'en-GB', zone: 'UTC' }).short).toBe('23 March 2025, 00:00');
});

test('the short form omits the year of the reference date, in the site’s zone', () => {
  const newYear = Date.parse('2025-12-31T22:00:00Z');
  expect(showDate(newYear - 1, bucharest, seed)).toMatchObject({ short: '31 December, 23:59', form: 'short-without-year' });
  expect(showDate(newYear, bucharest, seed)).toMatchObject({ short: '1 January 2026, 00:00', form: 'short' });
  expect(showDate(newYear, { ...bucharest, zone: 'UTC' }, seed)).toMatchObject({ short: '31 December, 22:00', form: 'short-without-year' });
});

test('the year is compared in the language’s own calendar', () => {
  const tehran = { language: 'fa', zone: 'Asia/Tehran' };
  const beforeNowruz = Date.parse('2025-03-10T12:00:00Z');
  expect(showDate(beforeNowruz, tehran, seed).form).toBe('short');
  expect(showDate(Date.parse('2026-03-10T12:00:00Z'), tehran, seed).form).toBe('short-without-year');
});

test.each([
  ['UTC', '2025-03-23T15:55:14+00:00'],
  ['Asia/Kolkata', '2025-03-23T21:25:14+05:30'],
  ['Asia/Kathmandu', '2025-03-23T21:40:14+05:45'],
  ['America/St_Johns', '2025-03-23T13:25:14-02:30'],
  ['Pacific/Marquesas', '2025-03-23T06:25:14-09:30'],
  ['Pacific/Kiritimati', '2025-03-24T05:55:14+14:00'],
])('the ISO form has the offset of %s', (zone, iso) => {
  expect(isoWithOffset(seed, zone)).toBe(iso);
  expect(Date.parse(iso)).toBe(seed);
});

test('the ISO form has whole seconds, even before 1970', () => {
  expect(isoWithOffset(seed + 999, 'UTC')).toBe('2025-03-23T15:55:14+00:00');
  expect(isoWithOffset(-1, 'UTC')).toBe('1969-12-31T23:59:59+00:00');
});

test('offsets follow daylight saving time', () => {
  expect(isoWithOffset(Date.parse('2025-03-30T00:59:59Z'), 'Europe/Bucharest')).toBe('2025-03-30T02:59:59+02:00');
  expect(isoWithOffset(Date.parse('2025-03-30T01:00:00Z'), 'Europe/Bucharest')).toBe('2025-03-30T04:00:00+03:00');
});

test.each([
  ['2025-03-23T17:55:14+02:00', 'UTC', '2025-03-23T15:55:14.000Z'],
  ['2025-03-23T17:55:14Z', 'Europe/Bucharest', '2025-03-23T17:55:14.000Z'],
  ['2025-03-23t17:55:14z', 'Europe/Bucharest', '2025-03-23T17:55:14.000Z'],
  ['2025-03-23T17:55:14.999', 'UTC', '2025-03-23T17:55:14.000Z'],
  ['2025-03-23 17:55', 'Europe/Bucharest', '2025-03-23T15:55:00.000Z'],
  ['2025-03-23', 'Europe/Bucharest', '2025-03-22T22:00:00.000Z'],
  [' 2025-03-23T17:55+0530\n', 'UTC', '2025-03-23T12:25:00.000Z'],
  ['2025-03-23T17:55', 'Asia/Kathmandu', '2025-03-23T12:10:00.000Z'],
  ['2024-02-29', 'UTC', '2024-02-29T00:00:00.000Z'],
  ['0800-12-25', 'UTC', '0800-12-25T00:00:00.000Z'],
  ['9999-12-31T23:59:59', 'UTC', '9999-12-31T23:59:59.000Z'],
])('%s in %s is %s', (text, zone, instant) => {
  expect(parseTime(text, zone)).toEqual({ time: Date.parse(instant) });
});

test.each(['', 'now', '2025', '2025-03', '23.3.2025', '2025-02-29', '2025-13-01', '2025-00-10', '2025-03-23T24:00', '2025-03-23T17:60', '2025-03-23T17:55:60', '2025-03-23T17', '2025-03-23T17:55+99:99', '2025-03-23T17:55+24:00', '2025-03-23T17:55+02:60', '+002025-03-23', '٢٠٢٥-٠٣-٢٣', '1742745314000', '2025-03-23T17:55Z; x'])('%j is not a time', (text) => {
  expect(parseTime(text, 'UTC')).toEqual({ problem: { key: 'problems.notTime', values: { text } } });
});

test('a time that the clocks skip is a problem', () => {
  expect(parseTime('2025-03-30T03:30', 'Europe/Bucharest')).toEqual({ problem: { key: 'problems.timeSkipped', values: { text: '2025-03-30T03:30', zone: 'Europe/Bucharest' } } });
  expect(parseTime('2025-10-05T02:15', 'Australia/Lord_Howe')).toHaveProperty('problem');
  expect(parseTime('2018-11-04', 'America/Sao_Paulo')).toHaveProperty('problem');
  expect(parseTime('2011-12-30T12:00', 'Pacific/Apia')).toHaveProperty('problem');
});

test('a time that occurs twice is a problem whose message names both offsets', () => {
  const values = { text: '2025-10-26T03:30', zone: 'Europe/Bucharest', first: '2025-10-26T03:30:00+03:00', second: '2025-10-26T03:30:00+02:00' };
  expect(parseTime('2025-10-26T03:30', 'Europe/Bucharest')).toEqual({ problem: { key: 'problems.timeAmbiguous', values } });
  expect(parseTime('2025-04-06T01:45', 'Australia/Lord_Howe')).toHaveProperty('problem');
});

test('an offset makes a skipped or repeated time valid', () => {
  expect(parseTime('2025-10-26T03:30+02:00', 'Europe/Bucharest')).toEqual({ time: Date.parse('2025-10-26T01:30:00Z') });
});

test('every hour of a year survives formatting and parsing, in zones of all kinds', () => {
  for (const zone of ['UTC', 'Europe/Bucharest', 'America/St_Johns', 'Australia/Lord_Howe', 'Africa/Casablanca']) {
    for (let time = Date.parse('2025-01-01T00:00:00Z'); time < Date.parse('2026-01-01T00:00:00Z'); time += 17.5 * 3_600_000) {
      expect(parseTime(isoWithOffset(time, zone), zone)).toEqual({ time });
    }
  }
});

test.each([
  ['2025', 'Europe/Bucharest', 'year', '2025-01-01T00:00:00+02:00', '2026-01-01T00:00:00+02:00'],
  ['2025-03', 'Europe/Bucharest', 'month', '2025-03-01T00:00:00+02:00', '2025-04-01T00:00:00+03:00'],
  ['2025-12', 'UTC', 'month', '2025-12-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00'],
  ['2025-03-30', 'Europe/Bucharest', 'day', '2025-03-30T00:00:00+02:00', '2025-03-31T00:00:00+03:00'],
  ['2018-11-04', 'America/Sao_Paulo', 'day', '2018-11-04T01:00:00-02:00', '2018-11-05T00:00:00-02:00'],
  ['2018-11-03', 'America/Sao_Paulo', 'day', '2018-11-03T00:00:00-03:00', '2018-11-04T01:00:00-02:00'],
  ['2025-11-02', 'America/Havana', 'day', '2025-11-02T00:00:00-04:00', '2025-11-03T00:00:00-05:00'],
  ['2025-04-25', 'Africa/Cairo', 'day', '2025-04-25T01:00:00+03:00', '2025-04-26T00:00:00+03:00'],
])('%s in %s is a %s from its first moment to the first of the next', (text, zone, unit, from, until) => {
  expect(parsePeriod(text, zone)).toEqual({ unit, from: Date.parse(from), until: Date.parse(until) });
});

test('a day that a zone skipped is empty', () => {
  const day = parsePeriod('2011-12-30', 'Pacific/Apia');
  expect(day?.from).toBe(day?.until);
});

test.each(['', '0000', '202', '20255', '2025-1', '2025-13', '2025-00', '2025-02-30', '2025-03-23x', '2025-3-23', 'abcd', '-001', '２０２５', '2025/03'])('%j is not a period', (text) => {
  expect(parsePeriod(text, 'UTC')).toBeUndefined();
});

test('the period of a time depends on the zone', () => {
  const late = Date.parse('2025-12-31T23:30:00Z');
  expect(periodOf(late, 'year', bucharest)).toEqual({ date: '2026', name: '2026' });
  expect(periodOf(late, 'month', bucharest)).toEqual({ date: '2026-01', name: 'January 2026' });
  expect(periodOf(late, 'day', bucharest)).toEqual({ date: '2026-01-01', name: 'Thursday, 1 January 2026' });
  expect(periodOf(late, 'month', { language: 'en-GB', zone: 'UTC' })).toEqual({ date: '2025-12', name: 'December 2025' });
});

test('archive months have Gregorian names, whatever the language’s calendar', () => {
  expect(periodOf(seed, 'month', { language: 'fa', zone: 'Asia/Tehran' }).name).toContain('مارس');
  expect(periodOf(seed, 'month', { language: 'th', zone: 'Asia/Bangkok' }).name).toContain('2025');
});

test('zones are the ones that the runtime knows', () => {
  for (const zone of ['UTC', 'Europe/Bucharest', 'Asia/Kolkata', 'America/Argentina/Buenos_Aires']) expect(isZone(zone), zone).toBe(true);
  for (const zone of ['', ' ', 'Mars/Olympus', 'Europe', '../etc/passwd', '+25:00', 'UTC\n']) expect(isZone(zone), zone).toBe(false);
});

test('years between two times are full years, with a sign', () => {
  const time = (text: string) => Date.parse(`${text}T12:00:00Z`);
  expect(yearsBetween(time('2023-03-23'), time('2025-03-23'))).toBe(2);
  expect(yearsBetween(time('2023-03-24'), time('2025-03-23'))).toBe(1);
  expect(yearsBetween(time('2024-03-24'), time('2025-03-23'))).toBe(0);
  expect(yearsBetween(time('2024-02-29'), time('2025-02-28'))).toBe(0);
  expect(yearsBetween(time('2024-02-29'), time('2025-03-01'))).toBe(1);
  expect(yearsBetween(time('2025-03-23'), time('2024-03-23'))).toBe(-1);
  expect(yearsBetween(time('2025-03-23'), time('2025-03-23'))).toBe(0);
});

test('a day alone is the one in the site’s zone', () => {
  expect(showDayOnly(Date.parse('2025-03-23T22:30:00Z'), bucharest)).toEqual({ iso: '2025-03-24', text: '24 March 2025' });
});
