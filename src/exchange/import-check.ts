import { createHash } from 'node:crypto';
import { parseTitle } from '../content/articles/title.ts';
import { findBySlugs } from '../storage/articles/imports.ts';
import type { Database } from '../storage/database/database.ts';
import type { CheckedArticle } from './import-batch.ts';

/**
 * Finds articles that are at odds: the same slug with other content. Where a slug is only made from the title, two
 * articles of the same title but of other times are different articles, and the later gets a number.
 */
export class SlugCheck {
  readonly #db: Database;
  /** The number of the first article seen of each slug, and of each slug at each time: by hashes, for there may be millions. */
  readonly #seen = new Map<number, number>();
  /** Of each article seen, by its number: the hash of its content, its file and its line. */
  readonly #contents: number[] = [];
  readonly #files: string[] = [];
  readonly #lines: number[] = [];
  readonly #given = new Set<string>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** The slugs that the checked articles ask for. */
  get given(): ReadonlySet<string> {
    return this.#given;
  }

  /**
   * What is wrong with these, beside all that were checked before and all that is stored.
   *
   * @param imported the hashes of those that are stored already
   */
  async problems(articles: CheckedArticle[], imported: ReadonlySet<string>): Promise<string[]> {
    if (articles.length === 0) return [];
    const stored = await findBySlugs(this.#db, articles.map(({ slug }) => slug));
    const problems: string[] = [];
    for (const article of articles) {
      const { slug, place, importKey, asksForSlug } = article;
      if (slug === '') continue;
      if (asksForSlug) this.#given.add(slug);
      const rival = this.#rivalOf(article);
      const storedRival = stored.get(slug);
      if (rival) problems.push(`${place}: slug: ${rival} has the slug “${slug}” too, with different content. Change one of the two slugs.`);
      else if (storedRival && !imported.has(importKey) && clashes(article, storedRival)) {
        problems.push(`${place}: slug: Another article on this site has the slug “${slug}”: “${parseTitle(storedRival.title).text}”. Change this slug.`);
      }
    }
    return problems;
  }

  /** The place of the article seen before that this one is at odds with; notes this one. */
  #rivalOf({ slug, asksForSlug, publishedAt, importKey, place }: CheckedArticle): string | undefined {
    const [ofSlug, atTime, content] = [hash(slug), hash(`${slug} ${publishedAt}`), hash(importKey)];
    const seen = this.#seen.get(asksForSlug ? ofSlug : atTime);
    const end = place.lastIndexOf(':');
    const file = place.slice(0, end);
    // One string for all articles of a file.
    const last = this.#files.at(-1);
    const number = this.#files.push(last === file ? last : file) - 1;
    this.#lines.push(Number(place.slice(end + 1)));
    this.#contents.push(content);
    for (const key of [ofSlug, atTime]) {
      if (!this.#seen.has(key)) this.#seen.set(key, number);
    }
    return seen !== undefined && this.#contents[seen] !== content ? `${this.#files[seen]}:${this.#lines[seen]}` : undefined;
  }
}

/** 53 bits of a text's hash, which a number holds: of a million texts two have the same with a probability of 1 in 10,000. */
function hash(text: string): number {
  const bytes = createHash('sha256').update(text).digest();
  return bytes.readUIntBE(0, 6) * 32 + (bytes.readUInt8(6) >> 3);
}

function clashes({ asksForSlug, publishedAt }: CheckedArticle, stored: { publishedAt: number | null }): boolean {
  return asksForSlug || stored.publishedAt === publishedAt;
}
