import { parseTitle } from '../../content/articles/title.ts';
import { showDate } from '../../content/dates/dates.ts';
import { shownPictureIds } from '../../content/pictures/body-pictures.ts';
import { direction } from '../../content/site/language.ts';
import type { Context } from '../../context.ts';
import { listCorrections, type ListedCorrection } from '../../storage/articles/corrections.ts';
import { findPictures } from '../../storage/pictures/pictures.ts';
import { findStaticPage } from '../../storage/pages/static-pages.ts';
import { articlePath, correctionsPath, withQuery } from '../../urls.ts';
import { correctionsId } from '../articles/corrections.ts';
import { listData } from '../articles/structured-data.ts';
import { feedLinks } from '../feed-links.ts';
import { makeHead, titled } from '../head.ts';
import type { Page, PageRequest } from '../page.ts';
import { describeStaticPage } from '../pages/static-page.ts';
import { staticPageBody } from '../pictures/places.ts';
import { showBody } from '../pictures/show-body.ts';
import { picturesShown } from '../pictures/show-picture.ts';
import type { Site } from '../site.ts';
import { listLength, parseIdCursor } from './cursor.ts';
import { articlesShown } from './teaser.ts';

/** All corrections, newest first. `?before=ID` continues the list. A static page with this path is its introduction. */
export async function correctionsPage({ db }: Context, { site, query, now }: PageRequest): Promise<Page | undefined> {
  const { text } = site.messages;
  const before = query['before'] === undefined ? undefined : parseIdCursor(query['before']);
  if (query['before'] !== undefined && before === undefined) return undefined;
  const found = await listCorrections(db, { now, limit: listLength + 1, before });
  if (before !== undefined && found.length === 0) return undefined;

  const corrections = found.slice(0, listLength);
  const introduction = await findStaticPage(db, correctionsPath.slice(1));
  const heading = introduction?.title ?? text('corrections.title');
  const intro = before === undefined ? introduction : undefined;
  const pictureIds = intro ? shownPictureIds(intro.bodyHtml) : [];
  return {
    status: 200,
    view: 'lists/corrections',
    shows: ['corrections', ...articlesShown(corrections.map(({ article }) => article)), ...picturesShown(pictureIds)],
    data: {
      head: makeHead(site, {
        title: titled(site, before === undefined ? heading : text('lists.continuedTitle', { title: heading })),
        description: (introduction && describeStaticPage(introduction)) || text('corrections.description', { site: site.settings.name }),
        path: withQuery(correctionsPath, { before: query['before'] }),
        isIndexed: corrections.length > 0 || introduction !== undefined,
        structuredData: listData(site, heading, correctionsPath),
        feeds: feedLinks(site.messages, text('corrections.title'), correctionsPath),
      }),
      heading,
      introduction: intro && showBody(site, intro.bodyHtml, await findPictures(db.reader, pictureIds), staticPageBody),
      corrections: corrections.map((correction) => showCorrection(site, correction)),
      newest: before === undefined ? undefined : correctionsPath,
      older: found.length > listLength ? withQuery(correctionsPath, { before: String(corrections.at(-1)?.id) }) : undefined,
    },
  };
}

function showCorrection(site: Site, { at, text, article }: ListedCorrection) {
  const { slug, title, language } = article;
  return { href: `${articlePath(slug)}#${correctionsId}`, titleHtml: parseTitle(title).html, text, lang: language, dir: direction(language), date: showDate(at, site.dates) };
}
