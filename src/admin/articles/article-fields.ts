import { articleFields, formLimits, type ArticleField, type ArticleForm } from '../../content/articles/article-form.ts';
import { articleLimits, nameKey } from '../../content/articles/article.ts';
import { makeSlug } from '../../content/articles/slug.ts';
import { parseTitle } from '../../content/articles/title.ts';
import { instantsOf, isoWithOffset, showDate, showZone } from '../../content/dates/dates.ts';
import { canonicalLanguage, direction } from '../../content/site/language.ts';
import type { Settings } from '../../content/site/settings.ts';
import type { ShownTimes } from '../shown-times.ts';
import type { PrintedProblem } from './form-problems.ts';

/** What fields are called, on the page and in messages. */
export const labels: Record<ArticleField, string> = {
  title: 'Title',
  standfirst: 'Standfirst',
  summary: 'Summary',
  body: 'Text',
  theme: 'Theme',
  topics: 'Topics',
  authors: 'Authors',
  language: 'Language',
  publishedAt: 'Publication time',
  offset: 'Which of the two',
  slug: 'Address',
};

/** What a field that has a limit is for. */
const purposes: Partial<Record<ArticleField, string>> = {
  title: '; *emphasis* is understood',
  standfirst: ': one or two sentences under the title',
  summary: ': what the article says, “In short”',
};

interface Known {
  /** Of the article as it is stored. */
  slug: string | null;
  themes: { name: string }[];
}

/** The form's fields as its view prints them: with their texts, limits and faults. */
export function makeFields(form: ArticleForm, errors: PrintedProblem[], settings: Settings, { style }: ShownTimes, now: number, known: Known) {
  const { zone, language } = settings;
  const instants = instantsOf(form.publishedAt, zone);
  const textLanguage = canonicalLanguage(form.language) ?? language;
  const themes = known.themes.map(({ name }) => name);
  return {
    fields: Object.fromEntries(articleFields.map((name) => [name, { name, id: `field_${name}`, label: labels[name], value: form[name], limit: formLimits[name], limitText: limitText(name), error: errors.find(({ field }) => field === name)?.message }])),
    problems: errors.map(({ field, message }) => (isField(field) ? { field: `field_${field}`, message: `${labels[field]}: ${message}` } : { field: 'main_content', message })),
    namesHint: `One on each line, ${articleLimits.names} at most`,
    themes: form.theme === '' || themes.some((name) => nameKey(name) === nameKey(form.theme)) ? themes : [...themes, form.theme],
    zoneId: zone,
    dateLanguage: style.language,
    now,
    zone: showZone(instants[0] ?? now, style),
    // The zone has this time twice: the editor says which is meant.
    offsets: instants.length === 2 ? instants.map((time) => ({ value: isoWithOffset(time, zone).slice(19), name: showDate(time, style).full, isChosen: isoWithOffset(time, zone).endsWith(form.offset) && form.offset !== '' })) : [],
    slugHint: known.slug ?? makeSlug(parseTitle(form.title).text, textLanguage),
    textLanguage: { lang: textLanguage, dir: direction(textLanguage) },
  };
}

function limitText(field: ArticleField): string {
  return field === 'body' ? 'Markdown, up to 2 MB' : `Up to ${formLimits[field]?.toLocaleString('en')} characters${purposes[field] ?? ''}`;
}

function isField(name: string): name is ArticleField {
  return articleFields.some((field) => field === name);
}
