import { articleFields, formLimits, type ArticleField, type ArticleForm } from '../../content/articles/article-form.ts';
import { articleLimits } from '../../content/articles/article.ts';
import { makeSlug } from '../../content/articles/slug.ts';
import { parseTitle } from '../../content/articles/title.ts';
import { showDate, showZone } from '../../content/dates/dates.ts';
import { instantsOf } from '../../content/dates/local-time.ts';
import { isoWithOffset } from '../../content/dates/offsets.ts';
import { countMarkdownWords, readingMinutes } from '../../content/search/words.ts';
import { canonicalLanguage, direction } from '../../content/site/language.ts';
import type { Message } from '../../messages/catalogue.ts';
import type { Messages } from '../../messages/messages.ts';
import { admin } from '../../urls.ts';
import type { EditorRequest } from '../action.ts';
import type { LeadPictureField } from './lead-picture.ts';
import { fieldHints, fieldLabels, limitTexts } from './field-texts.ts';

export interface FormProblem {
  /** Empty if the problem concerns the whole form. */
  field: string;
  problem: Message;
}

interface FieldParts {
  slug: string | null;
  hasThemeChoices: boolean;
  bodyNotes: string[];
  isPublished: boolean;
  picture: LeadPictureField;
}

export function makeFields({ messages, settings: { zone, language }, times: { style }, now }: EditorRequest, form: ArticleForm, errors: FormProblem[], { slug, hasThemeChoices, bodyNotes, isPublished, picture }: FieldParts) {
  const instants = instantsOf(form.publishedAt, zone);
  const textLanguage = canonicalLanguage(form.language) ?? language;
  const labels = fieldLabels(messages);
  const problems = errors.map(({ field, problem }) => ({ field, text: messages.of(problem), cause: pictureCause(field, problem) }));
  const hints = fieldHints(messages, { hasThemeChoices, zone: showZone(instants[0] ?? now, style), isPublished });
  const limits = limitTexts(messages);
  const attributes = fieldAttributes(messages, textLanguage, slug ?? makeSlug(parseTitle(form.title).text, textLanguage), picture, { hasThemeChoices });
  const rows = fieldRows(form);
  return {
    fields: Object.fromEntries(
      articleFields.map((name) => {
        const field = { name, id: `field_${name}`, label: labels[name], value: form[name], rows: rows[name], hint: hints[name], limitText: limits[name], notes: name === 'body' ? bodyNotes : [], errors: problems.filter(({ field }) => field === name) };
        return [name, { ...field, attributes: { ...attributes[name], ...stateAttributes(field) } }];
      }),
    ),
    problems: problems.map(({ field, text, cause }) => (isField(field) || field === 'note' ? { field: `field_${field}`, message: messages.text('problems.ofField', { field: field === 'note' ? messages.text('newsroomNotes.note') : labels[field], problem: text }), cause } : { field: 'main_content', message: text, cause })),
    wordCount: showWordCount(messages, form.body),
    zoneId: zone,
    now,
    // When the clocks go back, a local time occurs twice and the editor chooses one of the two offsets.
    offsets: (instants.length === 2 ? instants : []).map((time) => {
      const offset = isoWithOffset(time, zone).slice(19);
      return { value: offset, label: messages.text('articleForm.offsetChoice', { time: showDate(time, style).full, offset }), isChosen: form.offset === offset };
    }),
  };
}

/** The number of words of a Markdown text and its reading time. */
export function showWordCount({ text, language }: Messages, body: string): string {
  const { format } = new Intl.NumberFormat(language);
  const count = countMarkdownWords(body);
  const minutes = readingMinutes(count);
  const words = format(count);
  return minutes === undefined ? text('scripts.words', { words }) : text('scripts.wordsAndMinutes', { words, minutes: format(minutes) });
}

/** Identifies a problem, so that the form's scripts can hide it once the editor has solved it. */
function pictureCause(field: string, { key, values }: Message): string | undefined {
  if (key === 'problems.noPictureAlt') return 'lead-description';
  if (field === 'picture') return 'lead-picture';
  return field === 'body' && (key === 'problems.bodyPictureAlt' || key === 'problems.noPicture') ? `body-picture-${values?.['id']}` : undefined;
}

type Attributes = Record<string, string>;

function fieldAttributes({ text }: Messages, language: string, suggestedSlug: string, { ownAlt, ownCaption }: LeadPictureField, { hasThemeChoices }: { hasThemeChoices: boolean }): Partial<Record<ArticleField, Attributes>> {
  const writing = { lang: language, dir: direction(language) };
  const chipsHint = text('articleForm.namesChipsHint', { limit: articleLimits.names });
  return {
    title: writing,
    standfirst: writing,
    summary: writing,
    picture: { type: 'text', inputmode: 'numeric' },
    pictureAlt: { ...writing, placeholder: ownAlt },
    pictureCaption: { ...writing, placeholder: ownCaption },
    body: writing,
    theme: hasThemeChoices ? {} : { type: 'text', list: 'theme_names' },
    authors: { 'data-suggestions': admin.authorSuggestions, 'data-chips-hint': chipsHint, 'data-ordered': '' },
    topics: { 'data-suggestions': admin.topicSuggestions, 'data-chips-hint': chipsHint },
    publishedAt: { type: 'datetime-local', step: '1' },
    slug: { type: 'text', ...(suggestedSlug && { placeholder: suggestedSlug }) },
    language: { type: 'text' },
  };
}

/** The heights of text areas, in lines. Fields without a height are inputs. */
function fieldRows({ authors, topics }: ArticleForm): Partial<Record<ArticleField, number>> {
  const rowsFor = (names: string) => Math.max(2, names.split('\n').length);
  return { title: 1, standfirst: 3, summary: 3, pictureAlt: 1, pictureCaption: 1, body: 26, authors: rowsFor(authors), topics: rowsFor(topics) };
}

function stateAttributes({ name, id, hint, notes, errors }: { name: ArticleField; id: string; hint: string | undefined; notes: string[]; errors: unknown[] }): Attributes {
  const error = errors.length > 0;
  const limit = formLimits[name];
  const describedBy = [hint && `${id}_hint`, limit && `${id}_count`, error && `${id}_problem`, notes.length > 0 && `${id}_notes`].filter(Boolean).join(' ');
  return { ...(limit && { 'data-limit': String(limit) }), ...(describedBy && { 'aria-describedby': describedBy }), ...(error && { 'aria-invalid': 'true' }) };
}

function isField(name: string): name is ArticleField {
  return articleFields.some((field) => field === name);
}
