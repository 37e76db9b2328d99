import { showDate } from '../../content/dates/dates.ts';
import type { Context } from '../../context.ts';
import { findWithdrawal } from '../../storage/articles/articles.ts';
import { makeHead, titled } from '../head.ts';
import { articlesShown } from '../lists/teaser.ts';
import type { PageRequest, ViewPage } from '../page.ts';

/** The page with status 410 at the address of a withdrawn article. */
export async function withdrawnPage({ db }: Context, { site }: PageRequest, slug: string): Promise<ViewPage | undefined> {
  const withdrawal = await findWithdrawal(db, slug);
  if (!withdrawal) return undefined;
  return {
    status: 410,
    view: 'articles/withdrawn',
    shows: articlesShown([withdrawal]),
    data: { head: makeHead(site, { title: titled(site, site.messages.text('article.withdrawnTitle')), isIndexed: false }), reason: withdrawal.reason, withdrawn: showDate(withdrawal.withdrawnAt, site.dates) },
  };
}
