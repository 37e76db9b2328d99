import type { Context } from '../../context.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import { listPreviewLinks, type PreviewLink } from '../../storage/articles/previews.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, ArticleRequest } from '../action.ts';
import { shownTitle } from '../articles/shown-title.ts';
import { noticeOf } from '../notice.ts';

const notices = { 'preview-end': 'newsroomPreviews.ended', 'preview-gone': 'newsroomPreviews.alreadyEnded' } as const satisfies Record<string, MessageKey>;

/** The preview links that were given out for an article and still work. */
export async function previewLinks({ db }: Context, request: ArticleRequest): Promise<ActionResult> {
  const { article, messages, now } = request;
  return {
    view: 'saving/preview-links',
    data: {
      title: messages.text('newsroomPreviews.title'),
      section: 'articles',
      notice: noticeOf(request, notices),
      article: { title: shownTitle(article.title, messages), path: admin.article(article.id) },
      endPath: admin.ofArticle(article.id, 'preview-end'),
      links: (await listPreviewLinks(db.reader, article.id, now)).map((link) => showLink(link, request)),
    },
  };
}

function showLink({ hash, createdAt, editor, expiresAt, revision }: PreviewLink, { article, messages: { text }, times }: ArticleRequest) {
  return {
    hash,
    created: createdAt === null ? undefined : times.date(createdAt),
    who: editor ?? text('newsroomPreviews.unknown'),
    expires: times.date(expiresAt),
    revision: { time: times.seconds(revision.at), href: withQuery(admin.article(article.id), { revision: String(revision.id) }) },
    end: text('newsroomPreviews.endOf', { time: times.seconds(createdAt ?? revision.at) }),
  };
}
