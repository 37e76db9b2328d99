import { sql, type RawBuilder } from 'kysely';
import type { Handle } from '../database/schema.ts';
import type { Hit, HitCursor, Phrase, SearchEntry, SearchIndex, SearchQuery } from './search-index.ts';

/**
 * Search by PostgreSQL's text search types, with the same words, tiers and order as SQLite's. The words come folded
 * and parted, so that none of PostgreSQL's own dictionaries is asked.
 *
 * A title's words also stand in the vector marked as the title's and as the lead's, those of standfirst and summary as
 * the lead's: PostgreSQL's own weights are in no index, so that each article with the word would have to be read.
 */
export const postgresSearch: SearchIndex = {
  async add(transaction, entries) {
    if (entries.length === 0) return;
    const rows = entries.map(({ id, publishedAt, themeId, ...fields }) => sql`(${id}, ${publishedAt}, ${themeId}, ${vectorText(fields)}::tsvector)`);
    await sql`
      insert into search (article_id, public_at, theme_id, words) values ${sql.join(rows)}
      on conflict (article_id) do update set public_at = excluded.public_at, theme_id = excluded.theme_id, words = excluded.words`.execute(transaction);
    const words = new Set(entries.flatMap(unseenWords).filter((word) => word.length <= longestCompletion));
    if (words.size > 0) await sql`insert into search_word (word) select unnest(${[...words].toSorted()}::text[]) on conflict do nothing`.execute(transaction);
  },

  async tidy(transaction) {
    // The rest is autovacuum's.
    await sql`set local maintenance_work_mem = '256MB'`.execute(transaction);
    await sql`create index if not exists search_by_word on search using gin (words)`.execute(transaction);
    return false;
  },

  async clear(transaction) {
    await sql`truncate search`.execute(transaction);
    // An index that is made once for all costs a tenth of one that grows with each article.
    await sql`drop index if exists search_by_word`.execute(transaction);
  },

  async remove(transaction, { id }) {
    await sql`delete from search where article_id = ${id}`.execute(transaction);
  },

  async listRelevant(db, query, after, limit) {
    const hits: Hit[] = [];
    for (let tier = after?.tier ?? 0; tier < tiers.length && hits.length < limit; tier += 1) {
      const cursor = after?.tier === tier ? after : undefined;
      hits.push(...(await list(db, inTier(query, tier), query, cursor, tier, limit - hits.length)));
    }
    return hits;
  },

  async listNewest(db, query, after, limit) {
    return list(db, matches(queryText(query.terms, '')), query, after, tiers.length - 1, limit);
  },

  idsOfAll(terms) {
    return sql<number>`(select article_id from search where ${matches(queryText(terms, ''))})`;
  },

  async countAmong(db, word, newest, until) {
    const { rows } = await sql<{ matches: number }>`
      select count(*) as matches from (select words from search where public_at <= ${until} order by public_at desc, article_id desc limit ${newest}) as newest
      where ${matches(queryText([[[word]]], ''))}`.execute(db);
    return rows[0]?.matches ?? 0;
  },

  async count(db, query, most) {
    const { rows } = await sql<{ matches: number }>`
      select count(*) as matches from (select 1 from search where ${matches(queryText(query.terms, ''))} and ${range(query, undefined)} limit ${most}) as counted`.execute(db);
    return rows[0]?.matches ?? 0;
  },
};

/** Nobody begins to type a longer word. */
const longestCompletion = 64;
/** A lexeme has at most 2,046 bytes, of which a character takes up to four. */
const longestLexeme = 500;
/** The last position that a lexeme may have, and how many: beyond them a word is found, but in no phrase (PostgreSQL, 12.11). */
const lastPosition = 16_383;
const mostPositions = 255;
/** How long the text of a vector may become, with positions and without: PostgreSQL refuses vectors beyond 1 MB. */
const longestVector = { withPositions: 700_000, without: 1_000_000 };

// Characters of private use, which are in no word, mark what is not a plain word.
const titleMark = '\u{E000}';
const leadMark = '\u{E001}';

const tiers = [titleMark, leadMark, ''];

function vectorText({ title, standfirst, summary, body, joined }: Pick<SearchEntry, 'title' | 'standfirst' | 'summary' | 'body' | 'joined'>): string {
  const positions = new Map<string, number[]>();
  let position = 0;
  const add = (words: string[], ...marks: string[]) => {
    for (const word of words) {
      position += 1;
      for (const mark of ['', ...marks]) {
        const lexeme = lexemeOf(word, mark);
        const known = positions.get(lexeme) ?? [];
        if (position <= lastPosition && known.length < mostPositions) known.push(position);
        positions.set(lexeme, known);
      }
    }
    // No phrase goes from one field into the next.
    position += 1;
  };
  add(title, titleMark, leadMark);
  add(standfirst, leadMark);
  add(summary, leadMark);
  add(typeof body === 'string' ? body.split(' ').filter(Boolean) : body);
  add(joined);
  let length = 0;
  const kept: string[] = [];
  for (const [lexeme, at] of positions) {
    const word = quoted(lexeme);
    const isPlaced = at.length > 0 && length < longestVector.withPositions;
    const part = isPlaced ? `${word}:${at.join(',')}` : word;
    length += Buffer.byteLength(part);
    if (length > longestVector.without) break;
    kept.push(part);
  }
  return kept.join(' ');
}

function unseenWords({ title, standfirst, summary, body, joined, unseen }: SearchEntry): string[] {
  return unseen ?? [...title, ...standfirst, ...summary, ...(typeof body === 'string' ? body.split(' ') : body), ...joined];
}

/** How many of the newest articles are looked through for a common word. To unpack the vector of one takes 20 us. */
const lookedThrough = [100, 1500];

/**
 * The newest that match. PostgreSQL cannot tell which way is the shorter, and takes seconds by the wrong one: to look
 * through the newest, where a common word soon has enough of them, or to ask the index for all and put them in order,
 * which takes 200 ms for a word that is in each of a million articles, and 10 for a rare one.
 */
async function list(db: Handle, condition: RawBuilder<boolean>, query: SearchQuery, cursor: HitCursor | undefined, tier: number, limit: number): Promise<Hit[]> {
  const hits = (rows: { id: number }[]) => rows.map(({ id }) => ({ id, tier }));
  for (const [index, newest] of lookedThrough.entries()) {
    const { rows } = await sql<{ id: number }>`
      select article_id as id from (select * from search where ${range(query, cursor)} order by public_at desc, article_id desc limit ${newest}) as newest
      where ${condition} order by public_at desc, article_id desc limit ${limit}`.execute(db);
    if (rows.length >= limit) return hits(rows);
    const next = lookedThrough[index + 1] ?? 0;
    if (rows.length * next < limit * newest) break;
  }
  // What it is ordered by is in no index, so that PostgreSQL asks that of the words.
  const { rows } = await sql<{ id: number }>`
    select article_id as id from search where ${condition} and ${range(query, cursor)}
    order by public_at + 0 desc, article_id desc limit ${limit}`.execute(db);
  return hits(rows);
}

function range({ from, until, themeId }: SearchQuery, cursor: HitCursor | undefined): RawBuilder<boolean> {
  const conditions = [sql`public_at <= ${until}`];
  if (from !== undefined) conditions.push(sql`public_at >= ${from}`);
  if (themeId !== undefined) conditions.push(sql`theme_id = ${themeId}`);
  if (cursor) conditions.push(sql`(public_at, article_id) < (${cursor.publishedAt}, ${cursor.id})`);
  return sql<boolean>`${sql.join(conditions, sql` and `)}`;
}

/** What matches in a tier, and in none before it. */
function inTier({ terms }: SearchQuery, tier: number): RawBuilder<boolean> {
  const better = tiers[tier - 1];
  const wanted = queryText(terms, tiers[tier] ?? '');
  return matches(better === undefined ? wanted : `${wanted} & !(${queryText(terms, better)})`);
}

function matches(text: string): RawBuilder<boolean> {
  return sql<boolean>`words @@ ${text}::tsquery`;
}

function queryText(terms: Phrase[][], mark: string): string {
  return terms.map((phrases) => `(${phrases.map((phrase) => phraseText(phrase, mark)).join(' | ')})`).join(' & ');
}

function phraseText(phrase: Phrase, mark: string): string {
  return `(${phrase.map((word) => quoted(lexemeOf(word, mark))).join(' <-> ')})`;
}

function lexemeOf(word: string, mark: string): string {
  return mark + word.slice(0, longestLexeme).toWellFormed();
}

function quoted(lexeme: string): string {
  return `'${lexeme.replace(/['\\]/g, '$&$&')}'`;
}
