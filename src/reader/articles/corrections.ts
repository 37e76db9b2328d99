import { showDate, showDayOnly } from '../../content/dates/dates.ts';
import type { Correction } from '../../storage/articles/corrections.ts';
import type { Site } from '../site.ts';

/** The id of the list of corrections on an article's page. */
export const correctionsId = 'corrections';

/** The notice above the text of an article, and the list under it. Undefined without corrections. */
export function showCorrections(site: Site, corrections: Correction[]) {
  const last = corrections.at(-1);
  if (!last) return undefined;
  const list = { href: `#${correctionsId}` };
  return {
    id: correctionsId,
    noticeHtml: site.messages.html('article.correctionNotice', { count: corrections.length, date: showDayOnly(last.at, site.dates).text, list }),
    list: corrections.map(({ at, text }) => ({ date: showDate(at, site.dates), text })),
  };
}
