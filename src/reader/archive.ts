import { parsePeriod, periodOf, type Period } from '../content/dates.ts';
import type { Context } from '../context.ts';
import { findNextPublication, findPreviousPublication, findPublishedRange } from '../storage/archive.ts';
import type { Database } from '../storage/database.ts';
import { listOfPeriod } from '../storage/lists.ts';
import { archivePath, periodPath } from '../urls.ts';
import { makeHead, titled } from './head.ts';
import { listPage } from './list-page.ts';
import type { Page, PageRequest } from './page.ts';
import type { Link, Site } from './site.ts';
import { listData } from './structured-data.ts';

/** `/archive`: the years and their months in which something was published. */
export async function archivePage({ db }: Context, { site, now }: PageRequest): Promise<Page> {
  const range = await findPublishedRange(db, now);
  const years: { name: string; href: string; months: Link[] }[] = [];
  if (range) {
    const [first, last] = [range.first, range.last].map((time) => Number(periodOf(time, 'year', site.dates).date));
    for (let year = last ?? 0; year >= (first ?? 0); year -= 1) {
      const name = String(year).padStart(4, '0');
      const months = await monthsOf(db, site, name, now);
      if (months.length > 0) years.push({ name, href: periodPath(name), months });
    }
  }
  const description = `Every article that ${site.settings.name} has published, by date.`;
  return { status: 200, view: 'archive', data: { head: makeHead(site, { title: titled(site, 'Archive'), description, path: archivePath, structuredData: listData(site, 'Archive', archivePath) }), years } };
}

/** `/archive/YYYY`, `/archive/YYYY/MM`, `/archive/YYYY/MM/DD`: periods of the site's zone. */
export async function archivePeriodPage({ db }: Context, request: PageRequest): Promise<Page | undefined> {
  const { params, site, now } = request;
  const name = [params['year'], params['month'], params['day']].filter((part) => part !== undefined).join('-');
  const period = parsePeriod(name, site.dates.zone);
  if (!period) return undefined;

  const heading = periodOf(period.from, period.unit, site.dates).name;
  const [previous, next] = [await findPreviousPublication(db, period.from), await findNextPublication(db, period.until, now)];
  const parts = {
    heading,
    kicker: 'Archive',
    path: periodPath(name),
    description: `What ${site.settings.name} published in ${heading}.`,
    hasFeeds: false,
    periods: period.unit === 'year' ? await monthsOf(db, site, name, now) : [],
    earlier: previous === undefined ? undefined : periodLink(site, period.unit, previous),
    later: next === undefined ? undefined : periodLink(site, period.unit, next),
  };
  return listPage(request, parts, (page) => listOfPeriod(db, period, page));
}

async function monthsOf(db: Database, site: Site, year: string, now: number): Promise<Link[]> {
  const months: Link[] = [];
  for (let month = 1; month <= 12; month += 1) {
    const period = parsePeriod(`${year}-${String(month).padStart(2, '0')}`, site.dates.zone);
    const found = period && (await findNextPublication(db, period.from, Math.min(now, period.until - 1)));
    if (found !== undefined) months.push(periodLink(site, 'month', found));
  }
  return months;
}

function periodLink(site: Site, unit: Period['unit'], time: number): Link {
  const { date, name } = periodOf(time, unit, site.dates);
  return { href: periodPath(date), name };
}
