import { articleFields, type ArticleForm } from '../../content/articles/article-form.ts';
import { diffWords, shortenDiff } from '../../content/text/text-diff.ts';
import { labels } from './article-fields.ts';

/** How much of what is the same is shown around a difference, in characters. */
const context = 120;

/** What one form has other than another, field by field, word by word. */
export function showDifferences(from: ArticleForm, to: ArticleForm) {
  return articleFields.flatMap((field) => {
    if (from[field] === to[field]) return [];
    return [{ label: labels[field], parts: shortenDiff(diffWords(from[field], to[field]), context) }];
  });
}

export type Difference = ReturnType<typeof showDifferences>[number];
