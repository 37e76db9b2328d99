import { parseArticleForm } from '../../content/articles/article-form.ts';
import { makeSlug } from '../../content/articles/slug.ts';
import { parseTitle } from '../../content/articles/title.ts';
import { showDate } from '../../content/dates/dates.ts';
import type { Context } from '../../context.ts';
import { markdownOptions } from '../../rendering/markdown-options.ts';
import type { PublishedArticle } from '../../storage/articles/articles.ts';
import { listCorrectionsOf } from '../../storage/articles/corrections.ts';
import { findPreview, type Preview } from '../../storage/articles/previews.ts';
import type { Database } from '../../storage/database/database.ts';
import type { NamedKind } from '../../storage/database/schema.ts';
import { findByName } from '../../storage/named/named.ts';
import { findThemeProfile } from '../../storage/themes/themes.ts';
import { makeHead, titled } from '../head.ts';
import { mastheadOf } from '../masthead.ts';
import type { Page, PageRequest } from '../page.ts';
import { endedPreview } from '../pages/ended-preview.ts';
import { showPicturesOf } from '../pictures/article-pictures.ts';
import type { Site } from '../site.ts';
import { showArticle, themeLink } from './article.ts';
import { loadThemeContext, moreOnTheme } from './more-on-theme.ts';
import { loadRelated } from './related.ts';
import { previewStory } from './story-so-far.ts';

/** Shows anybody who has the link what the page of a revision will look like. */
export async function previewPage(context: Context, { site, params, now }: PageRequest): Promise<Page> {
  const { db } = context;
  const preview = await findPreview(db, params['token'] ?? '', site.dates.zone, now);
  if (!preview) return endedPreview(site);

  const { article, input } = await readPreview(context, site, preview, now);
  const theme = input.theme === null ? undefined : await findByName(db.reader, 'theme', input.theme);
  const profile = theme && (await findThemeProfile(db, theme.id));
  const shown = { ...article, theme: { ...article.theme, ...theme } };
  const pictures = await showPicturesOf(db, site, shown);
  const others = theme && moreOnTheme(await loadThemeContext(db, site, theme, now), site, article);
  const story = article.storylineId === null ? undefined : await previewStory(db, { site, now }, article.storylineId, { ...shown, pictureId: null });
  const related = await loadRelated(db, { site, now }, article, others?.ids ?? []);
  return {
    status: 200,
    isPrivate: true,
    shows: [],
    view: 'articles/preview',
    preload: pictures.lead,
    data: {
      head: makeHead(site, { title: titled(site, site.messages.text('article.previewTitle', { title: parseTitle(article.title).text })), isIndexed: false }),
      masthead: theme && mastheadOf(site.mastheads, { ...themeLink(theme), isHidden: profile?.isHidden ?? false }),
      article: showArticle(site, shown, await resolveNames(db, 'author', input.authors, article.language), await resolveNames(db, 'topic', input.topics, article.language), await listCorrectionsOf(db, article.id), pictures),
      moreOnTheme: others?.teasers ?? [],
      story,
      related: related.articles,
      saved: showDate(preview.at, site.dates).full,
      expires: showDate(preview.expiresAt, site.dates).full,
    },
  };
}

/** The article as if it were published now. Invalid fields count as empty. */
async function readPreview(context: Context, site: Site, preview: Preview, now: number) {
  const { settings } = site;
  const { article } = parseArticleForm(preview.form, settings.zone);
  const language = article.language ?? settings.language;
  const { html, wordCount } = preview.body ?? (await context.renderer.render(article.body, markdownOptions(context, settings), 'previews'));
  const shown: PublishedArticle = {
    id: preview.articleId,
    uid: preview.uid,
    slug: article.slug ?? preview.slug ?? makeSlug(parseTitle(article.title).text, language),
    title: article.title,
    standfirst: article.standfirst,
    summary: article.summary,
    opening: '',
    bodyHtml: html,
    wordCount,
    language,
    publishedAt: article.publishedAt ?? preview.publishedAt ?? now,
    updatedAt: preview.updatedAt,
    updatesAt: undefined,
    theme: { id: 0, slug: makeSlug(article.theme ?? '', language), name: article.theme ?? site.messages.text('article.noTheme'), isHidden: false },
    picture: article.picture === null ? undefined : { id: article.picture, alt: article.pictureAlt, caption: article.pictureCaption },
    storylineId: preview.storylineId,
    related: preview.related,
    corrections: 0,
    publicVersions: 0,
  };
  return { article: shown, input: article };
}

/** Authors or topics that are not stored yet get the slug that publishing would give them. */
async function resolveNames(db: Database, kind: NamedKind, names: string[], language: string): Promise<{ slug: string; name: string }[]> {
  return Promise.all(names.map(async (name) => (await findByName(db.reader, kind, name)) ?? { slug: makeSlug(name, language), name }));
}
