import { instantsOf } from '../dates/local-time.ts';
import { isoWithOffset } from '../dates/offsets.ts';
import { pictureLimits } from '../pictures/picture.ts';
import { cleanText, isBlank } from '../text/text.ts';
import { articleLimits, parseFields, type ArticleInput, type FieldError } from './article.ts';

export const articleFields = ['title', 'standfirst', 'summary', 'picture', 'pictureAlt', 'pictureCaption', 'body', 'theme', 'topics', 'authors', 'language', 'publishedAt', 'offset', 'slug'] as const;

export type ArticleField = (typeof articleFields)[number];

/** Unvalidated. `publishedAt` is local to the site, `2025-03-23T17:55`; `offset` disambiguates a time that occurs twice when the clocks go back. */
export type ArticleForm = Record<ArticleField, string>;

/** Revisions of the first five kinds were stored, but never saved as the article's text. */
export type RevisionKind = 'autosave' | 'faulty' | 'conflict' | 'signed out' | 'joined' | 'import' | 'draft' | 'submission' | 'publication' | 'schedule' | 'update' | 'minor update' | 'restoration' | 'return' | 'theme change';

export const unsavedKinds: readonly RevisionKind[] = ['autosave', 'faulty', 'conflict', 'signed out', 'joined'];

/** Whether saving a revision of this kind publishes or schedules its text. */
export function isForReaders(kind: RevisionKind): boolean {
  return kind === 'publication' || kind === 'schedule' || kind === 'update' || kind === 'minor update';
}

/** Reads a posted or stored form. A new theme, which has a field of its own, takes precedence over the chosen one. */
export function readArticleForm(posted: Record<string, string | undefined>): ArticleForm {
  const field = (name: ArticleField | 'newTheme') => cleanText(posted[name] ?? '');
  const newTheme = field('newTheme');
  return {
    title: field('title'),
    standfirst: field('standfirst'),
    summary: field('summary'),
    picture: field('picture'),
    pictureAlt: field('pictureAlt'),
    pictureCaption: field('pictureCaption'),
    body: field('body'),
    theme: isBlank(newTheme) ? field('theme') : newTheme,
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

/** Whether a revision was made from this form. Publishing fills in an empty slug and time and replaces a future time, so these may differ. */
export function isSourceOfRevision({ kind, at, form }: { kind: RevisionKind; at: number; form: ArticleForm }, typed: ArticleForm, zone: string): boolean {
  if (!isForReaders(kind)) return isSameForm(form, typed);
  const isTimeAssigned = typed.publishedAt === '' || (kind === 'publication' && instantsOf(typed.publishedAt, zone).some((time) => time > at));
  const { publishedAt, offset } = isTimeAssigned ? form : typed;
  return isSameForm(form, { ...typed, publishedAt, offset, slug: typed.slug || form.slug });
}

export interface ParsedForm {
  article: ArticleInput;
  errors: FieldError[];
}

export function parseArticleForm(form: ArticleForm, zone: string): ParsedForm {
  const raw = rawArticle(form, zone);
  const errors: FieldError[] = [];
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

export interface StoredForm extends Omit<ArticleInput, 'updatedAt'> {
  language: string;
}

export function formOfArticle(article: StoredForm, zone: string): ArticleForm {
  return {
    title: article.title,
    standfirst: article.standfirst,
    summary: article.summary,
    picture: article.picture === null ? '' : String(article.picture),
    pictureAlt: article.pictureAlt,
    pictureCaption: article.pictureCaption,
    body: article.body,
    theme: article.theme ?? '',
    topics: article.topics.join('\n'),
    authors: article.authors.join('\n'),
    language: article.language,
    ...formTime(article.publishedAt, zone),
    slug: article.slug ?? '',
  };
}

export function formTime(time: number | null, zone: string): { publishedAt: string; offset: string } {
  if (time === null) return { publishedAt: '', offset: '' };
  const iso = isoWithOffset(time, zone);
  const publishedAt = iso.slice(0, 19).replace(/:00$/, '');
  return { publishedAt, offset: instantsOf(publishedAt, zone).length === 2 ? iso.slice(19) : '' };
}

export function formInZone(form: ArticleForm, from: string, to: string): ArticleForm {
  if (from === to) return form;
  const instants = instantsOf(form.publishedAt, from);
  const time = instants.find((instant) => isoWithOffset(instant, from).slice(19) === form.offset) ?? instants[0];
  return time === undefined ? form : { ...form, ...formTime(time, to) };
}

export const formLimits: Partial<Record<ArticleField, number>> = {
  title: articleLimits.title,
  standfirst: articleLimits.standfirst,
  summary: articleLimits.summary,
  pictureAlt: pictureLimits.alt,
  pictureCaption: pictureLimits.caption,
  body: articleLimits.body,
};
