import { createHash, randomUUID } from 'node:crypto';
import { parseArticle, type ArticleInput, type FieldError } from '../content/articles/article.ts';
import { makeSlug } from '../content/articles/slug.ts';
import { parseTitle } from '../content/articles/title.ts';
import { plainBody, renderBody, type StoredBody } from '../content/markdown/body-renderer.ts';
import type { MarkdownOptions } from '../content/markdown/markdown.ts';
import { extractWords, type ExtractedText } from '../content/related/extract-text.ts';
import { maxWords } from '../content/related/terms.ts';
import { createWordReader, type IndexedWords } from '../content/search/searched-words.ts';
import type { Settings } from '../content/site/settings.ts';
import { readRecords, type Chunk, type FileRecord } from './article-files.ts';
import { pictureReferences, takeLeadKeys, unservedImages, withPictures, type LeadKeys, type PictureReference } from './article-pictures.ts';
import { problemText } from './problem-text.ts';

export interface ImportedSite {
  settings: Pick<Settings, 'language' | 'zone'>;
  options: MarkdownOptions;
}

export interface CheckedArticle {
  /** `FILE:LINE` */
  place: string;
  /** A hash of the content, by which a repeated import finds the article. */
  importKey: string;
  slug: string;
  hasGivenSlug: boolean;
  publishedAt: number | null;
  pictures: PictureReference[];
  /** A line for each picture that readers won't see, for the report. */
  unserved: string[];
}

export interface PreparedArticle extends ArticleInput {
  uid: string;
  language: string;
  rendered: StoredBody;
  words: IndexedWords;
  importKey: string;
  extracted: ExtractedText;
}

/** `check` finds problems; `prepare` renders the articles for storage and skips those with problems. */
export type ImportStep = 'check' | 'prepare';

export interface BatchResult {
  checked: CheckedArticle[];
  problems: string[];
  prepared: PreparedArticle[];
  /** `FILE:LINE` of each article that takes too long to render and is stored in plain paragraphs. */
  plain: string[];
}

/** Maps the `pictureKey` of each picture in a batch to the picture's id in the library, or to null if it can't be imported. */
export type PictureIds = ReadonlyMap<string, number | null>;

/** @param plain the indexes of the articles in the batch that are not rendered, but split into plain paragraphs */
export type ReadBatch = (step: ImportStep, chunks: Chunk[], pictures: PictureIds, plain?: ReadonlySet<number>) => BatchResult;

/** The reader needs neither database nor clock, so it can run in any thread. `onRendered` gets the number of articles of the batch rendered so far. */
export function batchReader({ settings, options }: ImportedSite, onRendered: (count: number) => void = () => {}): ReadBatch {
  const readWords = createWordReader();
  return (step, chunks, pictures, plain = new Set()) => {
    const result: BatchResult = { checked: [], problems: [], prepared: [], plain: [] };
    onRendered(0);
    for (const candidate of readCandidates(chunks, settings.zone)) {
      if ('problems' in candidate) result.problems.push(...candidate.problems);
      else if (step === 'check') result.checked.push(checkCandidate(candidate, settings));
      else {
        const { importKey, place } = candidate;
        const article = withPictures(candidate, pictures);
        const isPlain = plain.has(result.prepared.length);
        if (isPlain) result.plain.push(place);
        const rendered = isPlain ? plainBody(article.body, options) : renderBody(article.body, options);
        const language = article.language ?? settings.language;
        const { indexed: words, body } = readWords(article, rendered.text);
        result.prepared.push({ ...article, uid: randomUUID(), language, rendered, words, importKey, extracted: extractWords({ title: words.title, text: [...words.standfirst, ...words.summary, ...body.slice(0, maxWords)], topics: article.topics, language }) });
        onRendered(result.prepared.length);
      }
    }
    return result;
  };
}

interface Candidate {
  place: string;
  file: string;
  article: ArticleInput;
  lead: LeadKeys;
  importKey: string;
  lineOf: (key: string) => number;
  lineOfBody: (line: number) => number;
}

function* readCandidates(chunks: Chunk[], zone: string): Generator<Candidate | { problems: string[] }> {
  for (const chunk of chunks) {
    for (const record of readRecords(chunk)) yield readCandidate(chunk.file, record, zone);
  }
}

function readCandidate(file: string, record: FileRecord, zone: string): Candidate | { problems: string[] } {
  if ('problem' in record) return { problems: [`${file}:${record.line}: ${record.problem}`] };
  const { rest, lead, errors } = takeLeadKeys(record.raw);
  const parsed = parseArticle(rest, zone);
  if ('errors' in parsed) errors.unshift(...parsed.errors.map(withImportedKeys));
  const problems = errors.map((error) => `${file}:${error.field ? record.lineOf(error.field) : record.line}: ${problemText(error)}`);
  if (lead.credit !== '' && lead.path === null) problems.push(`${file}:${record.lineOf('pictureCredit')}: pictureCredit: There is no picture. Add the key “picture”, or remove this one.`);
  if ('errors' in parsed || problems.length > 0) return { problems };
  const { article } = parsed;
  const { lineOf, lineOfBody } = record;
  return { place: `${file}:${record.line}`, file, article, lead, importKey: importKeyOf(article, lead), lineOf, lineOfBody };
}

function withImportedKeys(error: FieldError): FieldError {
  const { problem } = error;
  return problem.key === 'problems.unknownKey' ? { ...error, problem: { ...problem, values: { known: `${problem.values.known}, pictureCredit` } } } : error;
}

/** An article without pictures has the key that it had before imports knew pictures. */
function importKeyOf({ picture: _picture, pictureAlt, pictureCaption, ...text }: ArticleInput, lead: LeadKeys): string {
  const pictureKeys = [lead.path, lead.credit, pictureAlt, pictureCaption];
  const content = pictureKeys.some(Boolean) ? [text, pictureKeys] : text;
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url');
}

function checkCandidate(candidate: Candidate, { language }: ImportedSite['settings']): CheckedArticle {
  const { place, article, importKey } = candidate;
  const slug = article.slug ?? makeSlug(parseTitle(article.title).text, article.language ?? language);
  return { place, importKey, slug, hasGivenSlug: article.slug !== null, publishedAt: article.publishedAt, pictures: pictureReferences(candidate), unserved: unservedImages(candidate) };
}
