import { createHash, randomUUID } from 'node:crypto';
import { parseArticle, type ArticleInput } from '../content/articles/article.ts';
import { makeSlug } from '../content/articles/slug.ts';
import { parseTitle } from '../content/articles/title.ts';
import { plainBody, renderBody, type StoredBody } from '../content/markdown/body-renderer.ts';
import type { MarkdownOptions } from '../content/markdown/markdown.ts';
import { wordsForIndex, type IndexedWords } from '../content/search/searched-words.ts';
import type { Settings } from '../content/site/settings.ts';
import { readRecords, type FileRecord, type Piece } from './article-files.ts';

/** What it takes to read the articles of a site: what an import gives to each of its threads. */
export interface ImportedSite {
  settings: Pick<Settings, 'language' | 'zone'>;
  options: MarkdownOptions;
}

/** What an article is checked by: where it stands, and the hash that it is known by once it is imported. */
export interface CheckedArticle {
  place: string;
  importKey: string;
  /** The one it asks for or, if it asks for none, the one that its title makes; may be empty. */
  slug: string;
  asksForSlug: boolean;
  publishedAt: number | null;
}

/** All that is stored of an article. */
export interface PreparedArticle extends ArticleInput {
  uid: string;
  language: string;
  rendered: StoredBody;
  words: IndexedWords;
  importKey: string;
}

/** `check` finds faults, `prepare` does all that can be done before an article is stored, and skips what is at fault. */
export type ImportStep = 'check' | 'prepare';

/** What came of a step; what is the other step's is empty. */
export interface BatchResult {
  checked: CheckedArticle[];
  /** Each with its file and line. */
  problems: string[];
  prepared: PreparedArticle[];
  /** The file and line of each article whose body takes too long to render, and is shown as it was typed. */
  plain: string[];
}

/** @param plain the articles of the batch, counted from 0, whose bodies are not to be rendered */
export type ReadBatch = (step: ImportStep, pieces: Piece[], plain?: ReadonlySet<number>) => BatchResult;

/**
 * How the articles of files are read for a site. Knows neither database nor clock, and so may run in any thread.
 *
 * @param onRendered is told how many articles of the batch have been rendered
 */
export function batchReader({ settings, options }: ImportedSite, onRendered: (count: number) => void = () => {}): ReadBatch {
  const indexed = wordsForIndex();
  return (step, pieces, plain = new Set()) => {
    const result: BatchResult = { checked: [], problems: [], prepared: [], plain: [] };
    onRendered(0);
    for (const candidate of candidatesOf(pieces, settings.zone)) {
      if ('problems' in candidate) result.problems.push(...candidate.problems);
      else if (step === 'check') result.checked.push(checked(candidate, settings));
      else {
        const { article, importKey, place } = candidate;
        const isPlain = plain.has(result.prepared.length);
        if (isPlain) result.plain.push(place);
        const rendered = isPlain ? plainBody(article.body, options) : renderBody(article.body, options);
        result.prepared.push({ ...article, uid: randomUUID(), language: article.language ?? settings.language, rendered, words: indexed(article, rendered.text), importKey });
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

function* candidatesOf(pieces: Piece[], zone: string): Generator<Candidate | { problems: string[] }> {
  for (const piece of pieces) {
    for (const record of readRecords(piece)) yield readCandidate(piece.file, record, zone);
  }
}

/** Reads a record into a candidate, or says what is wrong with it, each fault with its file and line. */
function readCandidate(file: string, record: FileRecord, zone: string): Candidate | { problems: string[] } {
  if ('problem' in record) return { problems: [`${file}:${record.line}: ${record.problem}`] };
  const parsed = parseArticle(record.raw, zone);
  if ('errors' in parsed) return { problems: parsed.errors.map(({ field, message }) => `${file}:${field ? record.lineOf(field) : record.line}: ${field ? `${field}: ` : ''}${message}`) };
  const importKey = createHash('sha256').update(JSON.stringify(parsed.article)).digest('base64url');
  return { place: `${file}:${record.line}`, article: parsed.article, importKey };
}

function checked({ place, article, importKey }: Candidate, { language }: ImportedSite['settings']): CheckedArticle {
  const slug = article.slug ?? makeSlug(parseTitle(article.title).text, article.language ?? language);
  return { place, importKey, slug, asksForSlug: article.slug !== null, publishedAt: article.publishedAt };
}
