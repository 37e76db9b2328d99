import { createHash } from 'node:crypto';
import { parseTitle } from '../content/articles/title.ts';
import { findBySlugs } from '../storage/articles/imports.ts';
import type { Database } from '../storage/database/database.ts';
import type { CheckedArticle } from './import-batch.ts';

/** Finds articles with the same slug but different content. A slug made from the title conflicts only if the publication time is the same too. */
export class SlugCheck {
  readonly #db: Database;
  /** The number of the first article with a slug, and with a slug and time, by hash: this saves memory with millions of articles. */
  readonly #firstNumbers = new Map<number, number>();
  readonly #contentHashes: number[] = [];
  readonly #files: string[] = [];
  readonly #lines: number[] = [];
  readonly #givenSlugs = new Set<string>();

  constructor(db: Database) {
    this.#db = db;
  }

  get givenSlugs(): ReadonlySet<string> {
    return this.#givenSlugs;
  }

  /** Compares these articles with those checked before and with the database. `imported` has the import keys already stored. */
  async findProblems(articles: CheckedArticle[], imported: ReadonlySet<string>): Promise<string[]> {
    if (articles.length === 0) return [];
    const stored = await findBySlugs(this.#db, articles.map(({ slug }) => slug));
    const problems: string[] = [];
    for (const article of articles) {
      const { slug, place, importKey, hasGivenSlug } = article;
      if (slug === '') continue;
      if (hasGivenSlug) this.#givenSlugs.add(slug);
      const conflict = this.#findConflict(article);
      const storedArticle = stored.get(slug);
      if (conflict) problems.push(`${place}: slug: ${conflict} also has the slug “${slug}”, but different content. Change one of the two slugs.`);
      else if (storedArticle && !imported.has(importKey) && conflictsWithStored(article, storedArticle)) {
        problems.push(`${place}: slug: Another article on this site has the slug “${slug}”: “${parseTitle(storedArticle.title).text}”. Change this slug.`);
      }
    }
    return problems;
  }

  /** Registers the article. Returns the place of an earlier one that it conflicts with. */
  #findConflict({ slug, hasGivenSlug, publishedAt, importKey, place }: CheckedArticle): string | undefined {
    const [bySlug, bySlugAndTime, content] = [hash(slug), hash(`${slug} ${publishedAt}`), hash(importKey)];
    const first = this.#firstNumbers.get(hasGivenSlug ? bySlug : bySlugAndTime);
    const colon = place.lastIndexOf(':');
    const file = place.slice(0, colon);
    // All articles of a file share one string, to save memory.
    const last = this.#files.at(-1);
    const number = this.#files.push(last === file ? last : file) - 1;
    this.#lines.push(Number(place.slice(colon + 1)));
    this.#contentHashes.push(content);
    for (const key of [bySlug, bySlugAndTime]) {
      if (!this.#firstNumbers.has(key)) this.#firstNumbers.set(key, number);
    }
    return first !== undefined && this.#contentHashes[first] !== content ? `${this.#files[first]}:${this.#lines[first]}` : undefined;
  }
}

/** 53 bits, as many as fit into a number. The probability of a collision among a million texts is about 1 in 10,000. */
function hash(text: string): number {
  const bytes = createHash('sha256').update(text).digest();
  return bytes.readUIntBE(0, 6) * 32 + (bytes.readUInt8(6) >> 3);
}

function conflictsWithStored({ hasGivenSlug, publishedAt }: CheckedArticle, stored: { publishedAt: number | null }): boolean {
  return hasGivenSlug || stored.publishedAt === publishedAt;
}
