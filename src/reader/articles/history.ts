import { listTextChanges, type PublicText, type TextChange } from '../../content/articles/public-text.ts';
import { parseTitle } from '../../content/articles/title.ts';
import { showDate } from '../../content/dates/dates.ts';
import { parseCaption } from '../../content/pictures/caption.ts';
import { direction } from '../../content/site/language.ts';
import type { Context } from '../../context.ts';
import type { MessageKey } from '../../messages/catalogue.ts';
import { markdownOptions } from '../../rendering/markdown-options.ts';
import { findPublishedArticle } from '../../storage/articles/articles.ts';
import { listPublicVersions, type PublicVersion } from '../../storage/revisions/public-versions.ts';
import { articleHistoryPath, articlePath, withQuery } from '../../urls.ts';
import { makeHead, titled } from '../head.ts';
import { parseIdCursor } from '../lists/cursor.ts';
import { articlesShown } from '../lists/teaser.ts';
import { mastheadOf } from '../masthead.ts';
import type { Page, PageRequest } from '../page.ts';
import type { Site } from '../site.ts';
import { themeLink } from './article.ts';
import { hasHistory } from './has-history.ts';
import { missingArticle } from './missing-article.ts';

const pageLength = 10;

/** How an article has changed since its publication: its public versions, newest first, each with its changes. `?before=ID` continues the list. */
export async function historyPage(context: Context, request: PageRequest): Promise<Page | undefined> {
  const { db } = context;
  const { site, query, now } = request;
  if (!site.settings.publicHistory) return undefined;
  const slug = request.params['slug'] ?? '';
  const article = await findPublishedArticle(db, slug, now);
  if (!article) return missingArticle(context, request, slug, articleHistoryPath);
  const before = query['before'] === undefined ? undefined : parseIdCursor(query['before']);
  if (query['before'] !== undefined && before === undefined) return undefined;
  if (!hasHistory(site, article)) return undefined;

  const versions = await listPublicVersions(db, article.id, site.dates.zone, { now, limit: pageLength + 1, before });
  const last = versions[pageLength - 1];
  if (versions.length === 0) return undefined;
  const title = parseTitle(article.title);
  const path = articleHistoryPath(slug);
  return {
    status: 200,
    view: 'articles/history',
    shows: articlesShown([article]),
    changesAt: article.updatesAt,
    data: {
      head: makeHead(site, { title: titled(site, site.messages.text('history.pageTitle', { title: title.text })), path: withQuery(path, { before: query['before'] }), isIndexed: false }),
      masthead: mastheadOf(site.mastheads, { ...themeLink(article.theme), isHidden: article.theme.isHidden }),
      article: { href: articlePath(slug), title: title.text, lang: article.language, dir: direction(article.language) },
      versions: await showVersions(context, site, versions),
      newest: before === undefined ? undefined : path,
      older: versions.length > pageLength && last ? withQuery(path, { before: String(last.id) }) : undefined,
    },
  };
}

interface ShownVersion {
  date: ReturnType<typeof showDate>;
  /** Undefined for the first version. */
  changes: { label: string; parts: TextChange['parts'] }[] | undefined;
}

const labels = {
  title: 'history.title',
  standfirst: 'history.standfirst',
  summary: 'article.inShort',
  caption: 'history.caption',
  body: 'history.body',
  authors: 'history.authors',
} as const satisfies Record<keyof PublicText, MessageKey>;

/** @param versions newest first, one more than the page shows if there are more */
async function showVersions(context: Context, site: Site, versions: PublicVersion[]): Promise<ShownVersion[]> {
  const { text } = site.messages;
  const bodies = new Map<string, string>();
  const shown: ShownVersion[] = [];
  let newer: { version: PublicVersion; text: PublicText } | undefined;
  for (const version of versions) {
    const older = await readText(context, site, version, bodies);
    if (newer) shown.push({ date: showDate(newer.version.publicAt, site.dates), changes: listTextChanges(older, newer.text).map(({ field, parts }) => ({ label: text(labels[field]), parts })) });
    newer = { version, text: older };
  }
  if (newer && versions.length <= pageLength) shown.push({ date: showDate(newer.version.publicAt, site.dates), changes: undefined });
  return shown;
}

/** @param bodies texts by their Markdown, because most versions of an article have some in common */
async function readText(context: Context, site: Site, { form }: PublicVersion, bodies: Map<string, string>): Promise<PublicText> {
  const body = bodies.get(form.body) ?? (await context.renderer.render(form.body, markdownOptions(context, site.settings), 'history')).text;
  bodies.set(form.body, body);
  return {
    title: parseTitle(form.title).text,
    standfirst: form.standfirst,
    summary: form.summary,
    caption: parseCaption(form.pictureCaption, site.url).text,
    body: body.replaceAll('\n', '\n\n'),
    authors: form.authors.split('\n').join(', '),
  };
}
