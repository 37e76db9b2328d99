import { mergeText, type MergeChunk, type MergedField } from '../text/merge-text.ts';
import { isBlank } from '../text/text.ts';
import type { Efforts } from '../text/three-way.ts';
import { articleFields, type ArticleField, type ArticleForm } from './article-form.ts';
import { nameKey } from './article.ts';
import { mergeNames } from './merge-names.ts';

export type { MergeChunk, MergedField } from '../text/merge-text.ts';

export interface FormMerge {
  /** The joined form; where stretches are at odds, it holds mine. */
  form: ArticleForm;
  /** The fields that could not be joined, with all their stretches. The time and its offset are one: `publishedAt`. */
  conflicts: { field: ArticleField; chunks: MergeChunk[] }[];
  /** The fields in which theirs brought something that mine had not, and that is now in the form. */
  taken: ArticleField[];
}

/** How long joining may keep the server from answering: about a tenth of a second. */
const mostSteps = 350_000;
/** Lists of names longer than this together, in characters, were typed by nobody: they are not worth the time. */
const longestLists = 200_000;

/**
 * Joins what two sides made of one form. What only one side changed, or both alike, is as that side has it. Topics and
 * authors are joined name by name, standfirst, summary and body word by word; other fields are at odds as a whole.
 */
export function mergeForms(base: ArticleForm, mine: ArticleForm, theirs: ArticleForm): FormMerge {
  const efforts = { mine: { steps: mostSteps }, theirs: { steps: mostSteps } };
  const merge: FormMerge = { form: mine, conflicts: [], taken: [] };
  for (const field of mergedFields) {
    const merged = mergeField(field, read(base, field), read(mine, field), read(theirs, field), efforts);
    if ('chunks' in merged) merge.conflicts.push({ field, chunks: merged.chunks });
    const text = 'chunks' in merged ? decided(field, merged.chunks, {}) : merged.text;
    merge.form = write(merge.form, field, text);
    if (text !== read(mine, field)) merge.taken.push(field);
  }
  return merge;
}

/**
 * The form with each conflict decided.
 *
 * @param choices `mine`, `theirs` or `both` (mine and then theirs), by the field and the index of the conflict among the
 *   field's chunks: `body-1`. Without a choice, or with another, it is mine; so is `both` where only one can be.
 */
export function resolveMerge({ form, conflicts }: FormMerge, choices: Readonly<Record<string, string | undefined>>): ArticleForm {
  return conflicts.reduce((resolved, { field, chunks }) => write(resolved, field, decided(field, chunks, choices)), form);
}

// The offset goes with its time.
const mergedFields = articleFields.filter((field) => field !== 'offset');

function read(form: ArticleForm, field: ArticleField): string {
  return field === 'publishedAt' && form.offset !== '' ? `${form.publishedAt} ${form.offset}` : form[field];
}

function write(form: ArticleForm, field: ArticleField, text: string): ArticleForm {
  if (text === read(form, field)) return form;
  if (field !== 'publishedAt') return { ...form, [field]: text };
  const [, publishedAt = text, offset = ''] = /^(.*) ([+-]\d\d:\d\d)$/.exec(text) ?? [];
  return { ...form, publishedAt, offset };
}

function mergeField(field: ArticleField, base: string, mine: string, theirs: string, efforts: Efforts): MergedField {
  if ((field === 'topics' || field === 'authors') && base.length + mine.length + theirs.length < longestLists) return { text: mergeNames(base, mine, theirs) };
  if (isProse(field)) return mergeText(base, mine, theirs, efforts);
  if (mine === theirs || theirs === base || (field === 'theme' && mine !== base && nameKey(mine) === nameKey(theirs))) return { text: mine };
  return mine === base ? { text: theirs } : { chunks: [{ kind: 'conflict', base, mine, theirs }] };
}

/** Whether a field is read as text, in which both of two versions can stand. */
export function isProse(field: ArticleField): boolean {
  return field === 'standfirst' || field === 'summary' || field === 'body';
}

function decided(field: ArticleField, chunks: MergeChunk[], choices: Readonly<Record<string, string | undefined>>): string {
  const text = chunks.map((chunk, index) => {
    const choice = choices[`${field}-${index}`];
    if (chunk.kind === 'joined') return chunk.text;
    if (choice === 'both') return both(field, chunk.mine, chunk.theirs);
    return choice === 'theirs' ? chunk.theirs : chunk.mine;
  });
  // Chunks of prose are whole lines, each with its line break; the text has none after the last.
  return isProse(field) ? text.join('').replace(/\n$/, '') : text.join('');
}

function both(field: ArticleField, mine: string, theirs: string): string {
  if (!isProse(field) || isBlank(theirs)) return mine;
  if (isBlank(mine)) return theirs;
  return field === 'body' ? `${mine.trimEnd()}\n\n${theirs.slice(theirs.search(/[^\n]/))}` : `${mine.trimEnd()} ${theirs.trimStart()}`;
}
