import { plainText } from '../../content/markdown/markdown.ts';
import { shorten } from '../../content/text/text.ts';
import type { Context } from '../../context.ts';
import { findStaticPage } from '../../storage/site/static-pages.ts';
import { staticPagePath } from '../../urls.ts';
import { makeHead, titled } from '../head.ts';
import type { Page, PageRequest } from '../page.ts';

/** A static page, such as `/about`. It may have any path that belongs to no other page. */
export async function staticPage({ db }: Context, { site, params }: PageRequest): Promise<Page | undefined> {
  const page = await findStaticPage(db, params['path'] ?? '');
  if (!page) return undefined;
  const description = shorten(plainText(page.bodyHtml).replaceAll('\n', ' '), 160);
  return {
    status: 200,
    view: 'pages/static-page',
    shows: [],
    data: { head: makeHead(site, { title: titled(site, page.title), description, path: staticPagePath(page.path) }), title: page.title, bodyHtml: page.bodyHtml },
  };
}
