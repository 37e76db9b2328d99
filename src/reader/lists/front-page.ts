import { showDate, showDay } from '../../content/dates/dates.ts';
import { nextDay } from '../../content/dates/periods.ts';
import type { Context } from '../../context.ts';
import { listLatest, listOfTheme, type ListedArticle } from '../../storage/articles/lists.ts';
import * as urls from '../../urls.ts';
import { siteData } from '../articles/structured-data.ts';
import { makeHead } from '../head.ts';
import type { Page, PageRequest } from '../page.ts';
import { blockFirst, frontLead, type Place } from '../pictures/places.ts';
import { findTeaserPictures, leadPicturesShown, showTeaserPicture } from '../pictures/teaser-pictures.ts';
import type { ThemeLink } from '../site.ts';
import { earliest } from './earliest.ts';
import { articlesShown, makeTeasers } from './teaser.ts';

const latestLength = 6;
/** Beside a picture there is room for more. */
const latestBesidePicture = 10;
const blockLength = 5;

/** Shows the lead, the latest articles, and a block for each theme of the navigation. No article appears twice. */
export async function frontPage({ db }: Context, { site, now }: PageRequest): Promise<Page> {
  const { articles: newest } = await listLatest(db, { now, limit: 1 + latestBesidePicture });
  const leadPictures = await findTeaserPictures(db, newest.slice(0, 1));
  const leadPicture = newest[0] && showTeaserPicture(site, leadPictures.get(newest[0].id), frontLead);
  const articles = newest.slice(0, 1 + (leadPicture ? latestBesidePicture : latestLength));
  const shown = new Set(articles.map(({ id }) => id));
  const blocks: { theme: ThemeLink; articles: ListedArticle[] }[] = [];
  for (const theme of site.themes) {
    const page = await listOfTheme(db, theme.id, { now, limit: articles.length + blockLength });
    const others = page.articles.filter(({ id }) => !shown.has(id)).slice(0, blockLength);
    if (others.length > 0) blocks.push({ theme, articles: others });
  }
  const inBlocks = blocks.flatMap((block) => block.articles);
  const teasers = await makeTeasers(db, site, [...articles, ...inBlocks], (time) => showDate(time, site.dates, now));
  const pictures = await findTeaserPictures(db, blocks.flatMap((block) => block.articles.slice(0, 1)));
  const pictureOf = (article: ListedArticle | undefined, place: Place) => article && showTeaserPicture(site, pictures.get(article.id), place);
  const { name, tagline } = site.settings;
  const [lead, ...latest] = teasers.slice(0, articles.length);
  const ofBlocks = new Map(inBlocks.map(({ id }, index) => [id, teasers[articles.length + index]]));
  return {
    status: 200,
    view: 'lists/front-page',
    shows: ['published', ...site.themes.map(({ id }) => `theme:${id}`), ...articlesShown([...articles, ...inBlocks]), ...leadPicturesShown(new Map([...leadPictures, ...pictures]))],
    changesAt: earliest(site.publications.next, nextDay(now, site.dates.zone)),
    preload: leadPicture,
    // The masthead shows the current date.
    isUndated: true,
    data: {
      head: makeHead(site, { title: tagline ? site.messages.text('frontPage.title', { site: name, tagline }) : name, path: urls.frontPath, structuredData: siteData(site) }),
      masthead: { ...site.mastheads.plain, today: showDay(now, site.dates) },
      lead,
      leadPicture,
      latest,
      blocks: blocks.map(({ theme, articles }) => ({ name: theme.name, href: theme.href, picture: pictureOf(articles[0], blockFirst(blocks.length)), articles: articles.map(({ id }) => ofBlocks.get(id)) })),
    },
  };
}
