import { plainText } from '../../content/markdown/markdown.ts';
import { shownPictureIds } from '../../content/pictures/body-pictures.ts';
import { shorten } from '../../content/text/text.ts';
import type { Context } from '../../context.ts';
import { findPictures } from '../../storage/pictures/pictures.ts';
import { findStaticPage } from '../../storage/site/static-pages.ts';
import { staticPagePath } from '../../urls.ts';
import { makeHead, titled } from '../head.ts';
import type { Page, PageRequest } from '../page.ts';
import { staticPageBody } from '../pictures/places.ts';
import { showBody } from '../pictures/show-body.ts';
import { picturesShown } from '../pictures/show-picture.ts';

/** A static page, such as `/about`. It may have any path that belongs to no other page. */
export async function staticPage({ db }: Context, { site, params }: PageRequest): Promise<Page | undefined> {
  const page = await findStaticPage(db, params['path'] ?? '');
  if (!page) return undefined;
  const pictureIds = shownPictureIds(page.bodyHtml);
  const pictures = await findPictures(db.reader, pictureIds);
  return {
    status: 200,
    view: 'pages/static-page',
    shows: picturesShown(pictureIds),
    data: { head: makeHead(site, { title: titled(site, page.title), description: describeStaticPage(page), path: staticPagePath(page.path) }), title: page.title, body: showBody(site, page.bodyHtml, pictures, staticPageBody) },
  };
}

export function describeStaticPage({ bodyHtml }: { bodyHtml: string }): string {
  return shorten(plainText(bodyHtml).replaceAll('\n', ' '), 160);
}
