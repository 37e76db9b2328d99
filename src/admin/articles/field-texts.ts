import type { ArticleField } from '../../content/articles/article-form.ts';
import { articleLimits } from '../../content/articles/article.ts';
import { maxSlugLength } from '../../content/articles/slug.ts';
import type { Messages } from '../../messages/messages.ts';

/** With more themes than this, the hint does not list them. */
const maxThemesInHint = 30;

/** What fields are called, on the page and in messages. */
export function fieldLabels({ text }: Messages): Record<ArticleField, string> {
  return {
    title: text('articleForm.title'),
    standfirst: text('articleForm.standfirst'),
    summary: text('articleForm.summary'),
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

/** The hints below fields. `isOut`: readers know the article's address. */
export function fieldHints({ text, language }: Messages, { themes, zone, isOut }: { themes: string[]; zone: string; isOut: boolean }): Partial<Record<ArticleField, string>> {
  const limit = articleLimits.name;
  const areThemesListed = themes.length > 0 && themes.length <= maxThemesInHint;
  const namesHint = text('articleForm.namesHint', { limit: articleLimits.names });
  return {
    theme: areThemesListed ? text('articleForm.themeHintWithNames', { limit, names: new Intl.ListFormat(language).format(themes) }) : text('articleForm.themeHint', { limit }),
    publishedAt: text('articleForm.publicationTimeHint', { zone }),
    authors: namesHint,
    topics: namesHint,
    slug: isOut ? text('articleForm.slugHintPublished') : text('articleForm.slugHint', { limit: maxSlugLength }),
    language: text('articleForm.languageHint'),
  };
}

/** What is shown in place of the character count of a field that is empty. */
export function limitTexts({ text }: Messages): Partial<Record<ArticleField, string>> {
  return {
    title: text('articleForm.titleLimit', { limit: articleLimits.title }),
    standfirst: text('articleForm.standfirstLimit', { limit: articleLimits.standfirst }),
    summary: text('articleForm.summaryLimit', { limit: articleLimits.summary }),
    body: text('articleForm.bodyLimit', { megabytes: articleLimits.body / 1024 / 1024 }),
  };
}
