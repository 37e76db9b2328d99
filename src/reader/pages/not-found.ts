import type { Context } from '../../context.ts';
import { listLatest } from '../../storage/articles/lists.ts';
import { makeHead, titled } from '../head.ts';
import { makeTeaser } from '../lists/teaser.ts';
import type { PageRequest, ViewPage } from '../page.ts';

export async function notFoundPage({ db }: Context, { site, now }: Pick<PageRequest, 'site' | 'now'>): Promise<ViewPage> {
  const { articles } = await listLatest(db, { now, limit: 5 });
  return {
    status: 404,
    view: 'pages/not-found',
    // A new article may get this URL.
    shows: ['articles'],
    changesAt: site.publications.next,
    data: { head: makeHead(site, { title: titled(site, site.messages.text('readerErrors.notFound')), isIndexed: false }), latest: articles.map((article) => makeTeaser(site, article)) },
  };
}
