import { CompiledQuery, sql } from 'kysely';
import type { Handle } from '../database/schema.ts';
import type { Hit, HitCursor, Phrase, SearchEntry, SearchIndex, SearchQuery } from './search-index.ts';

/**
 * Full-text search with SQLite's FTS5.
 *
 * The rowid combines the publication time in seconds with the article's id, so FTS5 itself returns hits newest first
 * and stops at the limit, and a date filter is a rowid range. With article ids as rowids every hit would have to be
 * joined and sorted: of 20,000 articles, a word in 5,000 takes 360 times as long (10 ms), a word in 100 takes 4 times.
 *
 * Ranking uses three tiers (all words in the title; in title, standfirst and summary; anywhere), newest first in each.
 * For this the index repeats each word of title, standfirst and summary with a prefix. BM25 would score every hit:
 * for the same word in 5,000 articles that takes 120 times as long.
 */
export const sqliteSearch: SearchIndex = {
  async add(transaction, entries) {
    if (entries.length === 0) return;
    // FTS5 flushes its buffer whenever a rowid is lower than the previous one.
    const sorted = entries.toSorted((a, b) => rowTime(a.publishedAt) - rowTime(b.publishedAt) || a.id - b.id);
    for (const entry of sorted) await transaction.executeQuery(CompiledQuery.raw(insertion, [rowTime(entry.publishedAt), entry.id, indexedText(entry)]));
    const words = new Set(entries.flatMap(newWords).filter((word) => word.length <= maxCompletionLength));
    await sql`insert into search_word (word) select value from json_each(${JSON.stringify([...words].toSorted())}) where true on conflict do nothing`.execute(transaction);
  },

  async optimize(transaction, step) {
    // A negative number of pages starts a merge of all segments (https://sqlite.org/fts5.html#the_merge_command).
    const before = await writtenRows(transaction);
    await sql`insert into search (search, rank) values ('merge', ${step === 'first' ? -pagesPerMerge : pagesPerMerge})`.execute(transaction);
    // Fewer than two changed rows mean that nothing was left to merge (see the same page).
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

  matchingIds(terms, where = 'anywhere') {
    return sql<number>`(select rowid & ${idMask} from search where search match ${expression({ terms, themeIds: undefined }, where === 'title' ? titlePrefix : '')})`;
  },

  async countAmongNewest(db, word, newest, until) {
    const { rows } = await sql<{ matches: number }>`
      select count(*) as matches from search where search match ${phraseText([word], '')} and rowid < (${seconds(until) + 1} << ${idBits}) and rowid >= (
        select rowid from search where rowid < (${seconds(until) + 1} << ${idBits}) order by rowid desc limit 1 offset ${newest - 1})`.execute(db);
    return rows[0]?.matches ?? 0;
  },

  async count(db, query, max) {
    const { rows } = await sql<{ matches: number }>`
      select count(*) as matches from (
        select rowid from search where search match ${expression(query, '')} and ${range(query, undefined)} limit ${max}
      )`.execute(db);
    return rows[0]?.matches ?? 0;
  },
};

const pagesPerMerge = 100;

async function writtenRows(transaction: Handle): Promise<number> {
  const { rows } = await sql<{ count: number }>`select total_changes() as count`.execute(transaction);
  return rows[0]?.count ?? 0;
}

const maxCompletionLength = 64;

const idBits = 30;
const idMask = 2 ** idBits - 1;
const insertion = `insert into search (rowid, words) values ((? << ${idBits}) | ?, ?)`;

// Private-use characters, which occur in no word.
const titlePrefix = '\u{E000}';
const leadPrefix = '\u{E001}';
const themePrefix = '\u{E002}';
const fieldSeparator = '\u{E003}';

const tiers = [titlePrefix, leadPrefix, ''];

function indexedText({ themeId, title, standfirst, summary, body, joined }: SearchEntry): string {
  const lead = [...title, fieldSeparator, ...standfirst, fieldSeparator, ...summary];
  return [
    ...(themeId === null ? [] : [themePrefix + themeId]),
    ...title.map((word) => titlePrefix + word),
    fieldSeparator,
    ...lead.map((word) => leadPrefix + word),
    fieldSeparator,
    ...lead,
    fieldSeparator,
    ...(typeof body === 'string' ? [body] : body),
    fieldSeparator,
    ...joined,
  ].join(' ');
}

function newWords({ title, standfirst, summary, body, joined, unseen }: SearchEntry): string[] {
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
  return better === undefined ? matches : `(${matches}) NOT (${expression({ ...query, themeIds: undefined }, better)})`;
}

function expression({ terms, themeIds }: Pick<SearchQuery, 'terms' | 'themeIds'>, prefix: string): string {
  const parts = terms.map((phrases) => `(${phrases.map((phrase) => phraseText(phrase, prefix)).join(' OR ')})`);
  if (themeIds !== undefined) parts.push(`(${themeIds.map((id) => `"${themePrefix}${id}"`).join(' OR ')})`);
  return parts.join(' AND ');
}

function phraseText(phrase: Phrase, prefix: string): string {
  return `"${phrase.map((word) => prefix + word).join(' ')}"`;
}

/** The rowid leaves 34 bits, with the sign, to the time. Articles date from 1700 to 2200, but a query may name any time. */
const maxSeconds = 2 ** 33 - 2;

/** Unpublished articles get a rowid above every one that readers can query. */
function rowTime(publishedAt: number | null): number {
  return publishedAt === null ? maxSeconds : seconds(publishedAt);
}

function seconds(time: number): number {
  return Math.max(-maxSeconds, Math.min(maxSeconds, Math.floor(time / 1000)));
}
