import { showDate, showDay } from '../../content/dates/dates.ts';
import { nextDay } from '../../content/dates/periods.ts';
import { chooseForBlock, chooseHeadlines } from '../../content/related/headlines.ts';
import type { Context } from '../../context.ts';
import type { Database } from '../../storage/database/database.ts';
import { listForBlock, listFrontPage, type StorylineArticle } from '../../storage/storylines/newest.ts';
import * as urls from '../../urls.ts';
import { siteData } from '../articles/structured-data.ts';
import { makeHead } from '../head.ts';
import type { Page, PageRequest } from '../page.ts';
import { blockFirst, frontLead, type Place } from '../pictures/places.ts';
import { findTeaserPictures, leadPicturesShown, showTeaserPicture } from '../pictures/teaser-pictures.ts';
import type { Site, ThemeLink } from '../site.ts';
import { earliest } from './earliest.ts';
import { findEarlierLinks, storylinesShown } from './earlier-links.ts';
import { articlesShown, makeTeasers } from './teaser.ts';

const latestLength = 6;
/** Beside a picture there is room for more. */
const latestBesidePicture = 10;
const blockLength = 5;

/**
 * Shows the lead, the latest articles, and a block for each theme of the navigation. No article appears twice, and no
 * storyline has a second article where another could have its first.
 */
export async function frontPage({ db }: Context, { site, now }: PageRequest): Promise<Page> {
  const newest = await listFrontPage(db, now, 1 + latestBesidePicture);
  const leadPictures = await findTeaserPictures(db, newest.slice(0, 1));
  const leadPicture = newest[0] && showTeaserPicture(site, leadPictures.get(newest[0].id), frontLead);
  const articles = leadPicture ? newest : chooseHeadlines(newest, 1 + latestLength);
  const blocks = await chooseBlocks(db, site, articles, now);
  const inBlocks = blocks.flatMap((block) => block.articles);
  const all = [...articles, ...inBlocks];
  const earlier = await findEarlierLinks(db, site, all);
  const teasers = (await makeTeasers(db, site, all, (time) => showDate(time, site.dates, now))).map((teaser, index) => ({ ...teaser, earlier: earlier.get(all[index]?.id ?? 0) }));
  const pictures = await findTeaserPictures(db, blocks.flatMap((block) => block.articles.slice(0, 1)));
  const pictureOf = (article: StorylineArticle | undefined, place: Place) => article && showTeaserPicture(site, pictures.get(article.id), place);
  const { name, tagline } = site.settings;
  const [lead, ...latest] = teasers.slice(0, articles.length);
  const ofBlocks = new Map(inBlocks.map(({ id }, index) => [id, teasers[articles.length + index]]));
  return {
    status: 200,
    view: 'lists/front-page',
    shows: ['published', ...site.themes.map(({ id }) => `theme:${id}`), ...articlesShown(all), ...storylinesShown(all), ...leadPicturesShown(new Map([...leadPictures, ...pictures]))],
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

interface Block {
  theme: ThemeLink;
  articles: StorylineArticle[];
}

async function chooseBlocks(db: Database, site: Site, above: StorylineArticle[], now: number): Promise<Block[]> {
  const onPage = new Map(above.map((article) => [article.id, article]));
  const blocks: Block[] = [];
  for (const theme of site.themes) {
    const count = [...onPage.values()].filter((article) => article.storylineId !== null || article.theme.slug === theme.slug).length;
    const articles = chooseForBlock(await listForBlock(db, theme.id, now, { onPage: count, length: blockLength }), onPage, blockLength);
    for (const article of articles) onPage.set(article.id, article);
    if (articles.length > 0) blocks.push({ theme, articles });
  }
  return blocks;
}
