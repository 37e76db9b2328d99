import { instantsOf, isoWithOffset } from '../dates/dates.ts';
import { cleanText } from '../text/text.ts';
import { articleLimits, parseFields, type ArticleInput, type FieldError } from './article.ts';

/** The fields of an article's form, in its order. */
export const articleFields = ['title', 'standfirst', 'summary', 'body', 'theme', 'topics', 'authors', 'language', 'publishedAt', 'offset', 'slug'] as const;

export type ArticleField = (typeof articleFields)[number];

/**
 * An article as its form has it: what was typed, field by field, whether or not it makes sense. Topics and authors
 * stand one on each line. The time is local to the site, `2025-03-23T17:55`; where its zone has that time twice,
 * `offset` tells which is meant.
 */
export type ArticleForm = Record<ArticleField, string>;

/**
 * What a revision is. The first five never became the article's text: what was typed and not saved, what had faults,
 * what another's changes stood against, what came from a session that had ended, and what was joined and not yet saved.
 */
export type RevisionKind = 'autosave' | 'faulty' | 'conflict' | 'signed out' | 'joined' | 'import' | 'draft' | 'submission' | 'publication' | 'schedule' | 'update' | 'minor update' | 'restoration';

export const unsavedKinds: readonly RevisionKind[] = ['autosave', 'faulty', 'conflict', 'signed out', 'joined'];

/** The fields of a form as they were posted; what is missing is empty. Never fails: whatever came is kept. */
export function readArticleForm(posted: Record<string, string | undefined>): ArticleForm {
  const field = (name: ArticleField) => cleanText(posted[name] ?? '');
  return {
    title: field('title'),
    standfirst: field('standfirst'),
    summary: field('summary'),
    body: field('body'),
    theme: field('theme'),
    topics: field('topics'),
    authors: field('authors'),
    language: field('language'),
    publishedAt: field('publishedAt'),
    offset: field('offset'),
    slug: field('slug'),
  };
}

export function isSameForm(one: ArticleForm, other: ArticleForm): boolean {
  return articleFields.every((field) => one[field] === other[field]);
}

/**
 * Whether a text is what became a revision: publishing writes down the address and the time that it gave where they were
 * left empty, and passes over a time that lies ahead.
 */
export function isTextOf({ kind, at, form }: { kind: RevisionKind; at: number; form: ArticleForm }, typed: ArticleForm, zone: string): boolean {
  if (!['publication', 'schedule', 'update', 'minor update'].includes(kind)) return isSameForm(form, typed);
  const isGiven = typed.publishedAt === '' || (kind === 'publication' && instantsOf(typed.publishedAt, zone).some((time) => time > at));
  const { publishedAt, offset } = isGiven ? form : typed;
  return isSameForm(form, { ...typed, publishedAt, offset, slug: typed.slug || form.slug });
}

/** What parsing a form gave. Where there are faults, the article has what could be understood. */
export interface ParsedForm {
  article: ArticleInput;
  errors: FieldError[];
}

/**
 * The article that a form describes. A draft may lack anything; faults are what no article may have.
 *
 * @param zone the site's
 */
export function parseArticleForm(form: ArticleForm, zone: string): ParsedForm {
  const raw = rawArticle(form, zone);
  const errors: FieldError[] = [];
  // Fault by fault the fields at fault are left out, until the rest can be read.
  for (;;) {
    const parsed = parseFields(raw, zone);
    if ('article' in parsed) return { article: parsed.article, errors };
    errors.push(...parsed.errors.map((error) => (error.field === 'publishedAt' && instantsOf(form.publishedAt, zone).length === 2 ? { ...error, problem: { key: 'problems.timeOccursTwice' as const } } : error)));
    for (const { field } of parsed.errors) delete raw[field];
  }
}

function rawArticle(form: ArticleForm, zone: string): Record<string, unknown> {
  const { offset, publishedAt, topics, authors, ...others } = form;
  const instants = instantsOf(publishedAt, zone);
  const isChosen = instants.length === 2 && instants.some((time) => isoWithOffset(time, zone).slice(19) === offset);
  return { ...others, topics: lines(topics), authors: lines(authors), publishedAt: isChosen ? `${publishedAt}${offset}` : publishedAt };
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** An article that is stored, as its form shows it. */
export interface StoredForm extends Omit<ArticleInput, 'updatedAt'> {
  language: string;
}

/** The form of a stored article. */
export function formOfArticle(article: StoredForm, zone: string): ArticleForm {
  return {
    title: article.title,
    standfirst: article.standfirst,
    summary: article.summary,
    body: article.body,
    theme: article.theme ?? '',
    topics: article.topics.join('\n'),
    authors: article.authors.join('\n'),
    language: article.language,
    ...formTime(article.publishedAt, zone),
    slug: article.slug ?? '',
  };
}

/** A time as the form's fields have it: `2025-03-23T17:55:14`, without seconds where they are none, and the offset where it is needed to tell. */
export function formTime(time: number | null, zone: string): { publishedAt: string; offset: string } {
  if (time === null) return { publishedAt: '', offset: '' };
  const iso = isoWithOffset(time, zone);
  const publishedAt = iso.slice(0, 19).replace(/:00$/, '');
  return { publishedAt, offset: instantsOf(publishedAt, zone).length === 2 ? iso.slice(19) : '' };
}

/** The form with its time, if it is one, as the clocks of another zone show it. */
export function formInZone(form: ArticleForm, from: string, to: string): ArticleForm {
  if (from === to) return form;
  const instants = instantsOf(form.publishedAt, from);
  const time = instants.find((instant) => isoWithOffset(instant, from).slice(19) === form.offset) ?? instants[0];
  return time === undefined ? form : { ...form, ...formTime(time, to) };
}

/** The limits that the form shows, in characters, or (the body) in bytes. */
export const formLimits: Partial<Record<ArticleField, number>> = {
  title: articleLimits.title,
  standfirst: articleLimits.standfirst,
  summary: articleLimits.summary,
  body: articleLimits.body,
};
