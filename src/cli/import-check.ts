import { createHash } from 'node:crypto';
import { parseArticle, type ArticleInput } from '../content/article.ts';
import { makeSlug } from '../content/slug.ts';
import { parseTitle } from '../content/title.ts';
import type { Database } from '../storage/database.ts';
import { findBySlugs, findImported } from '../storage/imports.ts';
import type { FileRecord } from './article-files.ts';

/** An article of a file, with where it stands and the hash that it is known by once it is imported. */
export interface Candidate {
  place: string;
  article: ArticleInput;
  importKey: string;
}

/** Reads a record into a candidate, or says what is wrong with it, each fault with its file and line. */
export function readCandidate(file: string, record: FileRecord, zone: string): Candidate | { problems: string[] } {
  if ('problem' in record) return { problems: [`${file}:${record.line}: ${record.problem}`] };
  const parsed = parseArticle(record.raw, zone);
  if ('errors' in parsed) return { problems: parsed.errors.map(({ field, message }) => `${file}:${field ? record.lineOf(field) : record.line}: ${field ? `${field}: ` : ''}${message}`) };
  const importKey = createHash('sha256').update(JSON.stringify(parsed.article)).digest('base64url');
  return { place: `${file}:${record.line}`, article: parsed.article, importKey };
}

interface Seen {
  importKey: string;
  place: string;
}

/**
 * Finds articles that are at odds: the same slug with other content. Where a slug is only made from the title, two
 * articles of the same title but of other times are different articles, and the later gets a number.
 */
export class SlugCheck {
  readonly #db: Database;
  /** The first article seen of each slug, and of each slug at each time. */
  readonly #seen = new Map<string, Seen>();
  readonly #given = new Set<string>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** The slugs that the checked articles ask for. */
  get given(): ReadonlySet<string> {
    return this.#given;
  }

  /** What is wrong with these, beside all that were checked before and all that is stored. */
  async problems(candidates: Candidate[]): Promise<string[]> {
    if (candidates.length === 0) return [];
    const imported = await findImported(this.#db.reader, candidates.map(({ importKey }) => importKey));
    const stored = await findBySlugs(this.#db, candidates.map(slugOf));
    const problems: string[] = [];
    for (const candidate of candidates) {
      const slug = slugOf(candidate);
      if (slug === '') continue;
      if (candidate.article.slug !== null) this.#given.add(slug);
      const rival = this.#rivalOf(candidate, slug);
      const storedRival = stored.get(slug);
      if (rival) problems.push(`${candidate.place}: slug: “${slug}” is also that of ${rival.place}, which has other content: give one of them another slug`);
      else if (storedRival && !imported.has(candidate.importKey) && clashes(candidate, storedRival)) {
        problems.push(`${candidate.place}: slug: “${slug}” is that of an article on this site with other content, “${parseTitle(storedRival.title).text}”: give this one another slug`);
      }
    }
    return problems;
  }

  /** The article seen before that this one is at odds with; notes this one. */
  #rivalOf({ article, importKey, place }: Candidate, slug: string): Seen | undefined {
    const atTime = `${slug} ${article.publishedAt}`;
    const seen = this.#seen.get(article.slug === null ? atTime : slug);
    for (const key of [slug, atTime]) {
      if (!this.#seen.has(key)) this.#seen.set(key, { importKey, place });
    }
    return seen && seen.importKey !== importKey ? seen : undefined;
  }
}

function clashes({ article }: Candidate, stored: { publishedAt: number | null }): boolean {
  return article.slug !== null || stored.publishedAt === article.publishedAt;
}

function slugOf({ article }: Candidate): string {
  return article.slug ?? makeSlug(parseTitle(article.title).text);
}
