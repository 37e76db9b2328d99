import { createHash, randomUUID } from 'node:crypto';
import { parseArticle, type ArticleInput } from '../content/articles/article.ts';
import { makeSlug } from '../content/articles/slug.ts';
import { parseTitle } from '../content/articles/title.ts';
import { plainBody, renderBody, type StoredBody } from '../content/markdown/body-renderer.ts';
import type { MarkdownOptions } from '../content/markdown/markdown.ts';
import { createWordReader, type IndexedWords } from '../content/search/searched-words.ts';
import type { Settings } from '../content/site/settings.ts';
import { readRecords, type Chunk, type FileRecord } from './article-files.ts';
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
}

export interface PreparedArticle extends ArticleInput {
  uid: string;
  language: string;
  rendered: StoredBody;
  words: IndexedWords;
  importKey: string;
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

/** @param plain the indexes of the articles in the batch that are not rendered, but split into plain paragraphs */
export type ReadBatch = (step: ImportStep, chunks: Chunk[], plain?: ReadonlySet<number>) => BatchResult;

/** The reader needs neither database nor clock, so it can run in any thread. `onRendered` gets the number of articles of the batch rendered so far. */
export function batchReader({ settings, options }: ImportedSite, onRendered: (count: number) => void = () => {}): ReadBatch {
  const extractWords = createWordReader();
  return (step, chunks, plain = new Set()) => {
    const result: BatchResult = { checked: [], problems: [], prepared: [], plain: [] };
    onRendered(0);
    for (const candidate of readCandidates(chunks, settings.zone)) {
      if ('problems' in candidate) result.problems.push(...candidate.problems);
      else if (step === 'check') result.checked.push(checkCandidate(candidate, settings));
      else {
        const { article, importKey, place } = candidate;
        const isPlain = plain.has(result.prepared.length);
        if (isPlain) result.plain.push(place);
        const rendered = isPlain ? plainBody(article.body, options) : renderBody(article.body, options);
        result.prepared.push({ ...article, uid: randomUUID(), language: article.language ?? settings.language, rendered, words: extractWords(article, rendered.text), importKey });
        onRendered(result.prepared.length);
      }
    }
    return result;
  };
}

interface Candidate {
  place: string;
  article: ArticleInput;
  importKey: string;
}

function* readCandidates(chunks: Chunk[], zone: string): Generator<Candidate | { problems: string[] }> {
  for (const chunk of chunks) {
    for (const record of readRecords(chunk)) yield readCandidate(chunk.file, record, zone);
  }
}

function readCandidate(file: string, record: FileRecord, zone: string): Candidate | { problems: string[] } {
  if ('problem' in record) return { problems: [`${file}:${record.line}: ${record.problem}`] };
  const parsed = parseArticle(record.raw, zone);
  if ('errors' in parsed) return { problems: parsed.errors.map((error) => `${file}:${error.field ? record.lineOf(error.field) : record.line}: ${problemText(error)}`) };
  const importKey = createHash('sha256').update(JSON.stringify(parsed.article)).digest('base64url');
  return { place: `${file}:${record.line}`, article: parsed.article, importKey };
}

function checkCandidate({ place, article, importKey }: Candidate, { language }: ImportedSite['settings']): CheckedArticle {
  const slug = article.slug ?? makeSlug(parseTitle(article.title).text, article.language ?? language);
  return { place, importKey, slug, hasGivenSlug: article.slug !== null, publishedAt: article.publishedAt };
}
