import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { parseTime } from '../dates/local-time.ts';
import type { Problem } from '../problem.ts';
import { pictureLimits, readPictureId } from '../pictures/picture.ts';
import { canonicalLanguage } from '../site/language.ts';
import { cleanLine, cleanText, isBlank } from '../text/text.ts';
import { maxSlugLength, slugPattern } from './slug.ts';
import { parseTitle } from './title.ts';

/** A validated and normalised article. Times are UTC milliseconds, in whole seconds. */
export interface ArticleInput {
  title: string;
  standfirst: string;
  summary: string;
  /** The id of the lead picture. */
  picture: number | null;
  /** Override the lead picture's own alternative text and caption, unless they are empty. */
  pictureAlt: string;
  pictureCaption: string;
  body: string;
  theme: string | null;
  topics: string[];
  authors: string[];
  /** Null: draft. In the future: scheduled. */
  publishedAt: number | null;
  updatedAt: number | null;
  slug: string | null;
  /** A BCP 47 tag. Null: the site's language. */
  language: string | null;
}

// The search index encodes publication times in its row ids, which limits the range.
const minTime = Date.UTC(1700, 0);
const maxTime = Date.UTC(2200, 0);

export interface FieldError {
  /** The key in the input, known or not; empty if the error concerns no single field. */
  field: string;
  problem: Problem;
}

export type ParsedArticle = { article: ArticleInput } | { errors: FieldError[] };

export const articleLimits = { title: 300, standfirst: 1000, summary: 2000, body: 2 * 1024 * 1024, name: 100, names: 50 };

/** Parses an article from untrusted input. Times without an offset are in `zone`. */
export function parseArticle(raw: unknown, zone: string): ParsedArticle {
  const parsed = parseFields(raw, zone);
  if ('errors' in parsed) return parsed;
  const errors = contradictions(parsed.article);
  return errors.length > 0 ? { errors } : parsed;
}

/** Validates each field on its own, without the rules for published articles. */
export function parseFields(raw: unknown, zone: string): ParsedArticle {
  const result = schemaFor(zone).safeParse(raw);
  return result.success ? { article: result.data } : { errors: result.error.issues.flatMap(fieldErrors) };
}

// Creating a schema takes 400 µs, parsing an article with it 10 µs.
const schemas = new LRUCache<string, ReturnType<typeof articleSchema>>({ max: 10 });

function schemaFor(zone: string) {
  const schema = schemas.get(zone) ?? articleSchema(zone);
  schemas.set(zone, schema);
  return schema;
}

function articleSchema(zone: string) {
  return z.strictObject({
    title: orDefault('', line(articleLimits.title)),
    standfirst: orDefault('', line(articleLimits.standfirst)),
    summary: orDefault('', line(articleLimits.summary)),
    picture: orNull(pictureId()),
    pictureAlt: orDefault('', line(pictureLimits.alt)),
    pictureCaption: orDefault('', line(pictureLimits.caption)),
    body: orDefault('', text().transform(cleanText).refine((body) => Buffer.byteLength(body) <= articleLimits.body, zodMessage({ key: 'problems.textTooLarge' }))),
    theme: orNull(nameLine()),
    topics: orDefault([], names()),
    authors: orDefault([], names()),
    publishedAt: orNull(time(zone)),
    updatedAt: orNull(time(zone)),
    slug: orNull(text().refine((slug) => slugPattern.test(slug) && slug.length <= maxSlugLength, zodMessage({ key: 'problems.notSlug', values: { limit: maxSlugLength } }))),
    language: orNull(language()),
  });
}

function text(problem: Problem = { key: 'problems.notTextInQuotes' }) {
  return z.string({ error: zodMessage(problem) });
}

function line(limit: number, problem: Problem = { key: 'problems.tooLong', values: { limit } }) {
  return text().transform(cleanLine).refine((value) => value.length <= limit, zodMessage(problem));
}

function pictureId() {
  return text().refine((value) => readPictureId(value) !== undefined, zodMessage({ key: 'problems.notPicture' })).transform(Number);
}

function nameLine() {
  const limit = articleLimits.name;
  return line(limit, { key: 'problems.nameTooLong', values: { limit } });
}

// Zod's messages are strings, so a problem travels through it as JSON.
function zodMessage(problem: Problem): string {
  return JSON.stringify(problem);
}

function problemOf(message: string): Problem {
  return JSON.parse(message);
}

/** Treats null like an absent value, because a YAML key without a value is null. */
function orDefault<Output>(fallback: unknown, schema: z.ZodType<Output>) {
  return z.preprocess((value) => value ?? fallback, schema);
}

function orNull<Output>(schema: z.ZodType<Output, string>) {
  return z.preprocess((value) => (value === undefined || value === null || (typeof value === 'string' && isBlank(cleanLine(value))) ? null : value), z.union([z.null(), schema], { error: unionMessage }));
}

function names() {
  return z
    .array(nameLine(), { error: zodMessage({ key: 'problems.notNames' }) })
    .max(articleLimits.names, zodMessage({ key: 'problems.tooManyNames', values: { limit: articleLimits.names } }))
    .transform((list) => uniqueNames(list.filter((one) => !isBlank(one))));
}

function uniqueNames(list: string[]): string[] {
  return [...new Map(list.toReversed().map((name) => [nameKey(name), name])).values()].toReversed();
}

// The characters at the end are often typed instead of apostrophes and quotes: accents, primes, modifier letters, geresh, gershayim.
const ignoredInKeys = /[\p{Quotation_Mark}\p{Dash}\p{White_Space}\p{Default_Ignorable_Code_Point}`´ʹʺʻʼʽʾʿˈ′″‴՚׳״]/gu;

/** “O’Brien”, “O'Brien” and “OBRIEN” have one key: apostrophes, quotes, dashes, spaces and case are ignored. */
export function nameKey(name: string): string {
  // Converting to upper case first turns ß into SS. A Greek sigma at the end of a word (ς) counts as σ.
  const folded = name.toUpperCase().toLowerCase().replaceAll('ς', 'σ');
  return (folded.replace(ignoredInKeys, '') || folded.replace(/\s/g, '')).normalize('NFC');
}

function time(zone: string) {
  return text({ key: 'problems.notTimeInQuotes' }).transform((value, check) => {
    const parsed = parseTime(value, zone);
    if ('time' in parsed && parsed.time >= minTime && parsed.time < maxTime) return parsed.time;
    check.addIssue({ code: 'custom', message: zodMessage('time' in parsed ? { key: 'problems.timeOutOfRange' } : parsed.problem) });
    return z.NEVER;
  });
}

function language() {
  return text({ key: 'problems.notLanguageInQuotes' }).transform((value, check) => {
    const canonical = canonicalLanguage(value);
    if (canonical) return canonical;
    check.addIssue({ code: 'custom', message: zodMessage({ key: 'problems.notLanguage', values: { text: value } }) });
    return z.NEVER;
  });
}

export function missingForReaders(article: ArticleInput): FieldError[] {
  const errors: FieldError[] = [];
  if (isUntitled(article)) errors.push({ field: 'title', problem: { key: 'problems.enterTitle' } });
  if (article.theme === null) errors.push({ field: 'theme', problem: { key: 'problems.chooseTheme' } });
  return errors;
}

function isUntitled(article: ArticleInput): boolean {
  return isBlank(parseTitle(article.title).text);
}

function contradictions(article: ArticleInput): FieldError[] {
  const errors: FieldError[] = [];
  if (isUntitled(article)) errors.push({ field: 'title', problem: { key: 'problems.titleRequired' } });
  if (article.publishedAt === null) return errors;
  if (article.theme === null) errors.push({ field: 'theme', problem: { key: 'problems.themeRequired' } });
  if (article.updatedAt !== null && article.updatedAt < article.publishedAt) errors.push({ field: 'updatedAt', problem: { key: 'problems.updatedTooEarly' } });
  return errors;
}

// Zod's union hides the errors of its branches. The last branch has the useful message.
function unionMessage(issue: { errors?: { message: string }[][] }): string | undefined {
  return issue.errors?.at(-1)?.[0]?.message;
}

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((field) => ({ field, problem: { key: 'problems.unknownKey', values: { known: Object.keys(schemaFor('UTC').shape).join(', ') } } }));
  const [field] = issue.path;
  if (field === undefined) return [{ field: '', problem: { key: 'problems.notArticle' } }];
  return [{ field: String(field), problem: problemOf(issue.message) }];
}
