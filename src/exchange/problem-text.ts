import type { FieldError } from '../content/articles/article.ts';
import { english } from '../messages/languages.ts';

/** `title: A title is required.` */
export function problemText({ field, problem }: FieldError): string {
  const text = english.of(problem);
  return field === '' ? text : `${field}: ${text}`;
}
