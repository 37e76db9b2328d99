import { CompiledQuery, sql } from 'kysely';
import type { Handle } from '../database/schema.ts';
import type { Hit, HitCursor, Phrase, SearchEntry, SearchIndex, SearchQuery } from './search-index.ts';

/**
 * Search by SQLite's FTS5.
 *
 * The row number in the index is the publication time in seconds and the article's id, so that "newest
 * first" is the index's own order, a date filter is a range of it, and the newest hits of a common word
 * are there without looking at its other 100,000.
 *
 * Ranking is what that order leaves cheap. BM25 would weigh every match of every word (100 ms where a common
 * word matches 100,000 articles). Instead each word also stands in the index marked as a title's and as the
 * lead's (title, standfirst, summary): hits come in three tiers, the title's first, each newest first. In
 * news the newest of equally good hits is what is wanted, and a page costs the same whatever the word.
 */
export const sqliteSearch: SearchIndex = {
  async add(transaction, entries) {
    if (entries.length === 0) return;
    // In the index's order: FTS5 writes out what it has gathered whenever a row stands before the last one.
    const sorted = entries.toSorted((a, b) => rowTime(a.publishedAt) - rowTime(b.publishedAt) || a.id - b.id);
    for (const entry of sorted) await transaction.executeQuery(CompiledQuery.raw(insertion, [rowTime(entry.publishedAt), entry.id, indexedText(entry)]));
    const words = new Set(entries.flatMap(unseenWords).filter((word) => word.length <= longestCompletion));
    await sql`insert into search_word (word) select value from json_each(${JSON.stringify([...words].toSorted())}) where true on conflict do nothing`.execute(transaction);
  },

  async tidy(transaction, isBegun) {
    // A negative number of pages begins to merge all that there is (https://sqlite.org/fts5.html#the_merge_command).
    const before = await writtenRows(transaction);
    await sql`insert into search (search, rank) values ('merge', ${isBegun ? mergedPages : -mergedPages})`.execute(transaction);
    // Fewer than two mean that nothing was merged.
    return (await writtenRows(transaction)) - before >= 2;
  },

  async clear(transaction) {
    await sql`insert into search (search) values ('delete-all')`.execute(transaction);
  },

  async remove(transaction, { id, publishedAt }) {
    await sql`delete from search where rowid = (${rowTime(publishedAt)} << ${idBits}) | ${id}`.execute(transaction);
  },

  async listRelevant(db, query, after, limit) {
    const hits: Hit[] = [];
    for (let tier = after?.tier ?? 0; tier < tiers.length && hits.length < limit; tier += 1) {
      const cursor = after?.tier === tier ? after : undefined;
      hits.push(...(await list(db, tierExpression(query, tier), query, cursor, tier, limit - hits.length)));
    }
    return hits;
  },

  async listNewest(db, query, after, limit) {
    return list(db, expression(query, ''), query, after, tiers.length - 1, limit);
  },

  idsOfAll(terms) {
    return sql<number>`(select rowid & ${idMask} from search where search match ${expression({ terms, themeId: undefined }, '')})`;
  },

  async countAmong(db, word, newest, until) {
    const { rows } = await sql<{ matches: number }>`
      select count(*) as matches from search where search match ${marked([word], '')} and rowid < (${seconds(until) + 1} << ${idBits}) and rowid >= (
        select rowid from search where rowid < (${seconds(until) + 1} << ${idBits}) order by rowid desc limit 1 offset ${newest - 1})`.execute(db);
    return rows[0]?.matches ?? 0;
  },

  async count(db, query, most) {
    const { rows } = await sql<{ matches: number }>`
      select count(*) as matches from (
        select rowid from search where search match ${expression(query, '')} and ${range(query, undefined)} limit ${most}
      )`.execute(db);
    return rows[0]?.matches ?? 0;
  },
};

/** How many pages of the index are merged at once. */
const mergedPages = 100;

async function writtenRows(transaction: Handle): Promise<number> {
  const { rows } = await sql<{ count: number }>`select total_changes() as count`.execute(transaction);
  return rows[0]?.count ?? 0;
}

/** Nobody begins to type a longer word. */
const longestCompletion = 64;

const idBits = 30;
const idMask = 2 ** idBits - 1;
const insertion = `insert into search (rowid, words) values ((? << ${idBits}) | ?, ?)`;

// Characters of private use, which are in no word, mark what is not a plain word.
const titleMark = '\u{E000}';
const leadMark = '\u{E001}';
const themeMark = '\u{E002}';
const fieldEnd = '\u{E003}';

const tiers = [titleMark, leadMark, ''];

function indexedText({ themeId, title, standfirst, summary, body, joined }: SearchEntry): string {
  const lead = [...title, fieldEnd, ...standfirst, fieldEnd, ...summary];
  return [
    ...(themeId === null ? [] : [themeMark + themeId]),
    ...title.map((word) => titleMark + word),
    fieldEnd,
    ...lead.map((word) => leadMark + word),
    fieldEnd,
    ...lead,
    fieldEnd,
    ...(typeof body === 'string' ? [body] : body),
    fieldEnd,
    ...joined,
  ].join(' ');
}

function unseenWords({ title, standfirst, summary, body, joined, unseen }: SearchEntry): string[] {
  return unseen ?? [...title, ...standfirst, ...summary, ...(typeof body === 'string' ? body.split(' ') : body), ...joined];
}

async function list(db: Handle, match: string, query: SearchQuery, cursor: HitCursor | undefined, tier: number, limit: number): Promise<Hit[]> {
  const { rows } = await sql<{ id: number }>`
    select rowid & ${idMask} as id from search
    where search match ${match} and ${range(query, cursor)}
    order by rowid desc limit ${limit}`.execute(db);
  return rows.map(({ id }) => ({ id, tier }));
}

function range({ from, until }: SearchQuery, cursor: HitCursor | undefined) {
  const last = cursor ? sql`(${seconds(cursor.publishedAt)} << ${idBits}) | ${cursor.id}` : sql`(${seconds(until) + 1} << ${idBits})`;
  const first = from === undefined ? sql`` : sql`and rowid >= (${seconds(from + 999)} << ${idBits})`;
  return sql`rowid < (${last}) ${first}`;
}

function tierExpression(query: SearchQuery, tier: number): string {
  const better = tiers[tier - 1];
  const matches = expression(query, tiers[tier] ?? '');
  return better === undefined ? matches : `(${matches}) NOT (${expression({ ...query, themeId: undefined }, better)})`;
}

function expression({ terms, themeId }: Pick<SearchQuery, 'terms' | 'themeId'>, mark: string): string {
  const parts = terms.map((phrases) => `(${phrases.map((phrase) => marked(phrase, mark)).join(' OR ')})`);
  if (themeId !== undefined) parts.push(`"${themeMark}${themeId}"`);
  return parts.join(' AND ');
}

function marked(phrase: Phrase, mark: string): string {
  return `"${phrase.map((word) => mark + word).join(' ')}"`;
}

/** What of a row number is left to the time. Articles are of the years 1700 to 2200; what is searched for may be of any. */
const mostSeconds = 2 ** 33 - 2;

/** What readers do not see stands behind all that they may ask for. */
function rowTime(publishedAt: number | null): number {
  return publishedAt === null ? mostSeconds : seconds(publishedAt);
}

function seconds(time: number): number {
  return Math.max(-mostSeconds, Math.min(mostSeconds, Math.floor(time / 1000)));
}
