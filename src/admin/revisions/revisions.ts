import type { RevisionKind } from '../../content/articles/article-form.ts';
import { readId } from '../../content/articles/id.ts';
import { wasPublished } from '../../content/articles/publication.ts';
import type { Context } from '../../context.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import type { Messages } from '../../messages/messages.ts';
import type { EditedArticle } from '../../storage/articles/edited-article.ts';
import { listRevisions, type RevisionHead } from '../../storage/revisions/revisions.ts';
import { admin, withQuery } from '../../urls.ts';
import type { ActionResult, ArticleRequest } from '../action.ts';
import { shownTitle } from '../articles/shown-title.ts';
import type { TimeFormats } from '../time-formats.ts';

const pageLength = 50;

const kindTexts = {
  'autosave': 'revisions.autosave',
  'faulty': 'revisions.faulty',
  'conflict': 'revisions.conflict',
  'signed out': 'revisions.signedOut',
  'joined': 'revisions.merged',
  'import': 'revisions.imported',
  'draft': 'revisions.saved',
  'submission': 'revisions.submitted',
  'publication': 'revisions.published',
  'schedule': 'revisions.scheduled',
  'update': 'revisions.updated',
  'minor update': 'revisions.minorUpdate',
  'restoration': 'revisions.restored',
  'return': 'revisions.returned',
  'theme change': 'revisions.themeChanged',
} as const satisfies Record<RevisionKind, MessageKey>;

export async function revisions({ db }: Context, { article, messages, query, times, now }: ArticleRequest): Promise<ActionResult> {
  const before = readId(query['before']);
  const found = await listRevisions(db, article.id, { before, limit: pageLength + 1 });
  const shown = found.slice(0, pageLength);
  const path = admin.ofArticle(article.id, 'revisions');
  return {
    view: 'revisions/revisions',
    data: {
      title: messages.text('revisions.revisions'),
      section: 'articles',
      article: { title: shownTitle(article.title, messages), path: admin.article(article.id) },
      comparisonPath: admin.ofArticle(article.id, 'comparison'),
      revisions: shown.map((revision, index) => ({
        ...showRevision(revision, messages, times),
        version: versionText(revision, article, messages, now),
        isFrom: index === 1,
        isTo: index === 0,
      })),
      next: found.length > pageLength ? withQuery(path, { before: String(shown.at(-1)?.id) }) : undefined,
    },
  };
}

export function showRevision({ id, at, kind, editor }: RevisionHead, { text }: Messages, times: TimeFormats) {
  return { id, date: times.date(at), moment: times.seconds(at), kind: text(kindTexts[kind]), who: editor?.name ?? text('revisions.noEditor') };
}

function versionText({ id }: RevisionHead, article: EditedArticle, { text }: Messages, now: number): string | undefined {
  if (id === article.publicRevisionId) return text(wasPublished(article, now) ? 'revisions.publicVersion' : 'revisions.scheduledVersion');
  return id === article.headRevisionId ? text('revisions.latestVersion') : undefined;
}
