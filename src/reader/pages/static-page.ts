import { plainText } from '../../content/markdown/markdown.ts';
import { shownPictureIds } from '../../content/pictures/body-pictures.ts';
import { shorten } from '../../content/text/text.ts';
import type { Context } from '../../context.ts';
import type { Database } from '../../storage/database/database.ts';
import { findPagePreview } from '../../storage/pages/page-previews.ts';
import { findNewPath, findStaticPage } from '../../storage/pages/static-pages.ts';
import { findPictures } from '../../storage/pictures/pictures.ts';
import { staticPagePath } from '../../urls.ts';
import { makeHead, titled, type HeadParts } from '../head.ts';
import type { Page, PageRequest, ViewPage } from '../page.ts';
import { staticPageBody } from '../pictures/places.ts';
import { showBody } from '../pictures/show-body.ts';
import { picturesShown } from '../pictures/show-picture.ts';
import type { Site } from '../site.ts';
import { endedPreview } from './ended-preview.ts';

/** A static page, such as `/about`. It may have any path that belongs to no other page. A former path redirects. */
export async function staticPage({ db }: Context, { site, params }: PageRequest): Promise<Page | undefined> {
  const { path = '' } = params;
  const page = await findStaticPage(db, path);
  if (!page) return redirectToNewPath(db, path);
  return showPage(db, site, page, { title: titled(site, page.title), description: describeStaticPage(page), path: staticPagePath(page.path) });
}

/** What a static page will look like, for anybody who has the link. */
export async function staticPagePreview({ db }: Context, { site, params, now }: PageRequest): Promise<Page> {
  const page = await findPagePreview(db, params['token'] ?? '', now);
  if (!page) return endedPreview(site);
  const shown = await showPage(db, site, page, { title: titled(site, site.messages.text('article.previewTitle', { title: page.title })), isIndexed: false });
  return { ...shown, data: { ...shown.data, isPreview: true }, isPrivate: true, shows: [] };
}

async function showPage(db: Database, site: Site, { title, bodyHtml }: { title: string; bodyHtml: string }, head: HeadParts): Promise<ViewPage> {
  const pictureIds = shownPictureIds(bodyHtml);
  const pictures = await findPictures(db.reader, pictureIds);
  return {
    status: 200,
    view: 'pages/static-page',
    shows: picturesShown(pictureIds),
    data: { head: makeHead(site, head), title, body: showBody(site, bodyHtml, pictures, staticPageBody) },
  };
}

export function describeStaticPage({ bodyHtml }: { bodyHtml: string }): string {
  return shorten(plainText(bodyHtml).replaceAll('\n', ' '), 160);
}

async function redirectToNewPath(db: Database, path: string): Promise<Page | undefined> {
  const newPath = await findNewPath(db, path);
  return newPath === undefined ? undefined : { movedTo: staticPagePath(newPath) };
}
