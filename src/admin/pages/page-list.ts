import type { Context } from '../../context.ts';
import { listEditedPages } from '../../storage/pages/page-revisions.ts';
import { admin, staticPagePath } from '../../urls.ts';
import type { ActionResult, EditorRequest } from '../action.ts';
import { noticeOf } from '../notice.ts';
import { pageNotices } from './page-notices.ts';

export async function pageList({ db }: Context, request: EditorRequest): Promise<ActionResult> {
  const { messages: { text }, times, now } = request;
  const pages = await listEditedPages(db.reader);
  return {
    view: 'pages/page-list',
    data: {
      title: text('newsroom.pages'),
      section: 'pages',
      notice: noticeOf(request, pageNotices),
      pages: pages.map(({ id, path, title, at, editor }, index) => ({
        href: admin.page(id),
        title,
        path: staticPagePath(path),
        saved: text('newsroomPages.savedBy', { time: times.moment(at, now), name: editor ?? text('newsroomPages.commandLine') }),
        orderAt: admin.ofPage(id, 'order'),
        isFirst: index === 0,
        isLast: index === pages.length - 1,
      })),
    },
  };
}
