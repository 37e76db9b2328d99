import { articleFields, type ArticleForm } from '../../content/articles/article-form.ts';
import { diffWords, shortenDiff } from '../../content/text/text-diff.ts';
import type { Messages } from '../../messages/messages.ts';
import { fieldLabels } from './field-texts.ts';

/** How much unchanged text is shown around a difference, in characters. */
const contextLength = 120;

export function showDifferences(messages: Messages, from: ArticleForm, to: ArticleForm) {
  const labels = fieldLabels(messages);
  return articleFields.flatMap((field) => {
    if (from[field] === to[field]) return [];
    return [{ label: labels[field], parts: shortenDiff(diffWords(from[field], to[field]), contextLength) }];
  });
}

export type Difference = ReturnType<typeof showDifferences>[number];
