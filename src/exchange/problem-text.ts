import type { FieldError } from '../content/articles/article.ts';
import { Languages } from '../messages/languages.ts';

// The command line is in English.
const english = new Languages().for('en');

/** `title: A title is required.` */
export function problemText({ field, problem }: FieldError): string {
  const text = english.of(problem);
  return field === '' ? text : `${field}: ${text}`;
}
