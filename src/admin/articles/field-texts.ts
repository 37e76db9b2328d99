import type { ArticleField } from '../../content/articles/article-form.ts';
import { articleLimits } from '../../content/articles/article.ts';
import { maxSlugLength } from '../../content/articles/slug.ts';
import { pictureLimits } from '../../content/pictures/picture.ts';
import type { Messages } from '../../messages/messages.ts';

export function fieldLabels({ text }: Messages): Record<ArticleField, string> {
  return {
    title: text('articleForm.title'),
    standfirst: text('articleForm.standfirst'),
    summary: text('articleForm.summary'),
    picture: text('articleForm.picture'),
    pictureAlt: text('articleForm.pictureAlt'),
    pictureCaption: text('articleForm.pictureCaption'),
    body: text('articleForm.body'),
    theme: text('articleForm.theme'),
    topics: text('articleForm.topics'),
    authors: text('articleForm.authors'),
    language: text('articleForm.language'),
    publishedAt: text('articleForm.publicationTime'),
    offset: text('articleForm.offset'),
    slug: text('articleForm.slug'),
  };
}

export function fieldHints({ text }: Messages, { hasThemeChoices, zone, isPublished }: { hasThemeChoices: boolean; zone: string; isPublished: boolean }): Partial<Record<ArticleField, string>> {
  const namesHint = text('articleForm.namesHint', { limit: articleLimits.names });
  return {
    ...(!hasThemeChoices && { theme: text('articleForm.themeHint', { limit: articleLimits.name }) }),
    publishedAt: text('articleForm.publicationTimeHint', { zone }),
    authors: namesHint,
    topics: namesHint,
    slug: isPublished ? text('articleForm.slugHintPublished') : text('articleForm.slugHint', { limit: maxSlugLength }),
    language: text('articleForm.languageHint'),
  };
}

/** Shown instead of the character count while a field is empty. */
export function limitTexts({ text }: Messages): Partial<Record<ArticleField, string>> {
  return {
    title: text('articleForm.titleLimit', { limit: articleLimits.title }),
    standfirst: text('articleForm.standfirstLimit', { limit: articleLimits.standfirst }),
    summary: text('articleForm.summaryLimit', { limit: articleLimits.summary }),
    pictureAlt: text('articleForm.pictureAltLimit', { limit: pictureLimits.alt }),
    pictureCaption: text('articleForm.pictureCaptionLimit', { limit: pictureLimits.caption }),
    body: text('articleForm.bodyLimit', { megabytes: articleLimits.body / 1024 / 1024 }),
  };
}
