import { parseTitle } from '../content/title.ts';
import type { Database } from '../storage/database.ts';
import { findBySlugs } from '../storage/imports.ts';
import type { CheckedArticle } from './import-batch.ts';

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
      if (rival) problems.push(`${place}: slug: “${slug}” is also that of ${rival.place}, which has other content: give one of them another slug`);
      else if (storedRival && !imported.has(importKey) && clashes(article, storedRival)) {
        problems.push(`${place}: slug: “${slug}” is that of an article on this site with other content, “${parseTitle(storedRival.title).text}”: give this one another slug`);
      }
    }
    return problems;
  }

  /** The article seen before that this one is at odds with; notes this one. */
  #rivalOf({ slug, asksForSlug, publishedAt, importKey, place }: CheckedArticle): Seen | undefined {
    const atTime = `${slug} ${publishedAt}`;
    const seen = this.#seen.get(asksForSlug ? slug : atTime);
    const noted = { importKey, place };
    for (const key of [slug, atTime]) {
      if (!this.#seen.has(key)) this.#seen.set(key, noted);
    }
    return seen && seen.importKey !== importKey ? seen : undefined;
  }
}

function clashes({ asksForSlug, publishedAt }: CheckedArticle, stored: { publishedAt: number | null }): boolean {
  return asksForSlug || stored.publishedAt === publishedAt;
}
