import { parsePeriod, periodOf, type Period } from '../../content/dates/periods.ts';
import type { Context } from '../../context.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import { findNextPublication, findPreviousPublication } from '../../storage/articles/archive.ts';
import { listOfPeriod } from '../../storage/articles/lists.ts';
import type { Database } from '../../storage/database/database.ts';
import { archivePath, periodPath } from '../../urls.ts';
import { listData } from '../articles/structured-data.ts';
import { makeHead, titled } from '../head.ts';
import type { Page, PageRequest } from '../page.ts';
import type { Link, Site } from '../site.ts';
import { listPage } from './list-page.ts';

type Unit = Period['unit'];

const narrower = { year: { unit: 'month', label: 'lists.months' }, month: { unit: 'day', label: 'lists.days' }, day: undefined } as const satisfies Record<Unit, { unit: Unit; label: MessageKey } | undefined>;

/** Lists the months in which articles were published, by year. */
export async function archivePage({ db }: Context, { site, now }: PageRequest): Promise<Page> {
  const years = new Map<string, { name: string; href: string; months: Link[] }>();
  for (const time of await firstTimes(db, site, 'month', always, now)) {
    const { date, name } = periodOf(time, 'year', site.dates);
    const year = years.get(date) ?? { name, href: periodPath(date), months: [] };
    year.months.push(periodLink(site, 'month', time));
    years.set(date, year);
  }
  const title = site.messages.text('lists.archive');
  const description = site.messages.text('lists.archiveDescription', { site: site.settings.name });
  const head = makeHead(site, { title: titled(site, title), description, path: archivePath, structuredData: listData(site, title, archivePath) });
  return { status: 200, view: 'lists/archive', shows: ['published'], changesAt: site.publications.next, data: { head, years: [...years.values()].toReversed() } };
}

export async function archivePeriodPage(context: Context, request: PageRequest): Promise<Page | undefined> {
  const { db } = context;
  const { params, site, now } = request;
  const { text } = site.messages;
  const name = [params['year'], params['month'], params['day']].filter((part) => part !== undefined).join('-');
  const period = parsePeriod(name, site.dates.zone);
  if (!period) return undefined;

  const heading = periodOf(period.from, period.unit, site.dates).name;
  const within = narrower[period.unit];
  const [previous, next] = [await findPreviousPublication(db, period.from), await findNextPublication(db, period.until, now)];
  const parts = {
    heading,
    kicker: text('lists.archive'),
    path: periodPath(name),
    description: text('lists.periodDescription', { unit: period.unit, site: site.settings.name, period: heading }),
    hasFeeds: false,
    isOneDay: period.unit === 'day',
    periodsLabel: within && text(within.label),
    periods: within ? (await firstTimes(db, site, within.unit, period, now)).map((time) => periodLink(site, within.unit, time)) : [],
    earlier: previous === undefined ? undefined : periodLink(site, period.unit, previous),
    later: next === undefined ? undefined : periodLink(site, period.unit, next),
  };
  return listPage(context, request, parts, { shows: ['published'], changesAt: site.publications.next }, (page) => listOfPeriod(db, period, page));
}

const always = { from: Number.MIN_SAFE_INTEGER, until: Number.MAX_SAFE_INTEGER };

/** The time of the first article in each year, month or day of a period. Needs one query per result, so empty periods cost nothing. */
async function firstTimes(db: Database, site: Site, unit: Unit, { from, until }: { from: number; until: number }, now: number): Promise<number[]> {
  const times: number[] = [];
  const last = Math.min(now, until - 1);
  let time = await findNextPublication(db, from, last);
  while (time !== undefined) {
    times.push(time);
    const period = parsePeriod(periodOf(time, unit, site.dates).date, site.dates.zone);
    time = period && (await findNextPublication(db, period.until, last));
  }
  return times;
}

function periodLink(site: Site, unit: Unit, time: number): Link {
  const { date, name } = periodOf(time, unit, site.dates);
  return { href: periodPath(date), name };
}
