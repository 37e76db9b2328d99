import path from 'node:path';
import SqliteFile from 'better-sqlite3';
import { between, pickMany, type Random } from './random.ts';

/** What a published article is found by. */
export interface Known {
  id: number;
  slug: string;
  publishedAt: number;
  theme: string;
  author: string;
}

/** How many articles the site of a folder has. */
export function countArticles(dataDir: string): number {
  return Number(read(dataDir, (file) => file.prepare('select count(*) from article').pluck().get()));
}

/** The id of the newest article, which costs nothing to ask; 0 while there is no database. */
export function newestId(dataDir: string): number {
  try {
    return Number(read(dataDir, (file) => file.prepare('select max(id) from article').pluck().get()) ?? 0);
  } catch {
    // It is being made.
    return 0;
  }
}

/** The lowest and the highest version of the markup that the stored HTML was made by. */
export function markupVersions(dataDir: string): number[] {
  return read(dataDir, (file) => ['min', 'max'].map((end) => Number(file.prepare(`select ${end}(markup_version) from article`).pluck().get())));
}

/** The slugs of `count` different articles, or of all. */
export function randomSlugs(dataDir: string, count: number, random: Random): string[] {
  return read(dataDir, (file) => pickMany(random, file.prepare<[], string>('select slug from article where slug is not null order by slug').pluck().all(), count));
}

/** `count` articles, with their theme and first author. */
export function randomArticles(dataDir: string, count: number, random: Random): Known[] {
  return read(dataDir, (file) => {
    const last = Number(file.prepare('select max(id) from article').pluck().get());
    const find = file.prepare<[number], Known>(
      `select article.id, article.slug, article.published_at as publishedAt, theme.slug as theme, author.slug as author
       from article join theme on theme.id = theme_id
       join article_author on article_id = article.id and position = (select min(position) from article_author where article_id = article.id)
       join author on author.id = author_id where article.id = ?`,
    );
    const found: Known[] = [];
    while (found.length < count) {
      const article = find.get(between(random, 1, last));
      if (article) found.push(article);
    }
    return found;
  });
}

function read<Result>(dataDir: string, query: (file: SqliteFile.Database) => Result): Result {
  const file = new SqliteFile(path.join(dataDir, 'broadsheet.db'), { readonly: true, fileMustExist: true });
  try {
    return query(file);
  } finally {
    file.close();
  }
}
