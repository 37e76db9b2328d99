import { mergeText, type MergeChunk, type MergedField } from '../text/merge-text.ts';
import { isBlank } from '../text/text.ts';
import type { MergeBudgets } from '../text/three-way.ts';
import { articleFields, type ArticleField, type ArticleForm } from './article-form.ts';
import { nameKey } from './article.ts';
import { mergeNames } from './merge-names.ts';

export type { MergeChunk, MergedField } from '../text/merge-text.ts';

export interface FormMerge {
  form: ArticleForm;
  /** `publishedAt` includes the offset. */
  conflicts: { field: ArticleField; chunks: MergeChunk[] }[];
  /** The fields in which the merged text differs from mine. */
  taken: ArticleField[];
}

/** Per side. A merge blocks the event loop for at most about 0.1 s. */
const maxSteps = 350_000;
/** In characters of all three lists. Merging longer lists by name would take too long. */
const maxListsLength = 200_000;

/** Three-way merge by names (topics, authors), by words (prose) or by whole fields. A conflict keeps my text until it is resolved. */
export function mergeForms(base: ArticleForm, mine: ArticleForm, theirs: ArticleForm): FormMerge {
  const budgets = { mine: { steps: maxSteps }, theirs: { steps: maxSteps } };
  const merge: FormMerge = { form: mine, conflicts: [], taken: [] };
  const hasOtherPicture = haveDifferentPictures(base, mine, theirs);
  for (const field of mergedFields) {
    const versions = [readField(base, field), readField(mine, field), readField(theirs, field)] as const;
    const merged = isLeadPicture(field) && hasOtherPicture ? mergeWhole(...versions) : mergeField(field, ...versions, budgets);
    if ('chunks' in merged) merge.conflicts.push({ field, chunks: merged.chunks });
    const text = 'chunks' in merged ? resolveText(field, merged.chunks, {}) : merged.text;
    merge.form = writeField(merge.form, field, text);
    if (text !== readField(mine, field)) merge.taken.push(field);
  }
  return merge;
}

/** Resolves conflicts by choices such as `{ 'body-1': 'theirs' }`: field and chunk index to `mine` (the default), `theirs` or `both` (prose only). */
export function resolveMerge({ form, conflicts }: FormMerge, choices: Readonly<Record<string, string | undefined>>): ArticleForm {
  return conflicts.reduce((resolved, { field, chunks }) => writeField(resolved, field, resolveText(field, chunks, choices)), form);
}

/** Whether one side has changed the lead picture and the other one its picture or texts. A description of one picture must not end up at another. */
function haveDifferentPictures(base: ArticleForm, mine: ArticleForm, theirs: ArticleForm): boolean {
  const isChanged = (form: ArticleForm) => leadPictureFields.some((field) => form[field] !== base[field]);
  return mine.picture !== theirs.picture && isChanged(mine) && isChanged(theirs);
}

function mergeWhole(base: string, mine: string, theirs: string): MergedField {
  return mine === theirs ? { text: mine } : { chunks: [{ kind: 'conflict', base, mine, theirs }] };
}

const leadPictureFields: readonly ArticleField[] = ['picture', 'pictureAlt', 'pictureCaption'];

function isLeadPicture(field: ArticleField): boolean {
  return leadPictureFields.includes(field);
}

const mergedFields = articleFields.filter((field) => field !== 'offset');

function readField(form: ArticleForm, field: ArticleField): string {
  return field === 'publishedAt' && form.offset !== '' ? `${form.publishedAt} ${form.offset}` : form[field];
}

function writeField(form: ArticleForm, field: ArticleField, text: string): ArticleForm {
  if (text === readField(form, field)) return form;
  if (field !== 'publishedAt') return { ...form, [field]: text };
  const [, publishedAt = text, offset = ''] = /^(.*) ([+-]\d\d:\d\d)$/.exec(text) ?? [];
  return { ...form, publishedAt, offset };
}

function mergeField(field: ArticleField, base: string, mine: string, theirs: string, budgets: MergeBudgets): MergedField {
  if ((field === 'topics' || field === 'authors') && base.length + mine.length + theirs.length < maxListsLength) return { text: mergeNames(base, mine, theirs) };
  if (isProse(field)) return mergeText(base, mine, theirs, budgets);
  if (mine === theirs || theirs === base || (field === 'theme' && mine !== base && nameKey(mine) === nameKey(theirs))) return { text: mine };
  return mine === base ? { text: theirs } : { chunks: [{ kind: 'conflict', base, mine, theirs }] };
}

export function isProse(field: ArticleField): boolean {
  return field === 'standfirst' || field === 'summary' || field === 'body';
}

function resolveText(field: ArticleField, chunks: MergeChunk[], choices: Readonly<Record<string, string | undefined>>): string {
  const text = chunks.map((chunk, index) => {
    const choice = choices[`${field}-${index}`];
    if (chunk.kind === 'joined') return chunk.text;
    if (choice === 'both') return joinBoth(field, chunk.mine, chunk.theirs);
    return choice === 'theirs' ? chunk.theirs : chunk.mine;
  });
  // Chunks of prose end with a line break, the field's text does not.
  return isProse(field) ? text.join('').replace(/\n$/, '') : text.join('');
}

function joinBoth(field: ArticleField, mine: string, theirs: string): string {
  if (!isProse(field) || isBlank(theirs)) return mine;
  if (isBlank(mine)) return theirs;
  return field === 'body' ? `${mine.trimEnd()}\n\n${theirs.slice(theirs.search(/[^\n]/))}` : `${mine.trimEnd()} ${theirs.trimStart()}`;
}
